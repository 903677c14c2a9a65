package airworthy.cli;

import airworthy.format.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A length of time on the command line. */
final class TimeOption {
    private TimeOption() {}

    /** Reads one above zero; empty if a problem was added. */
    static Optional<Duration> read(String command, String option, String text, List<String> problems) {
        Optional<Duration> parsed = DurationText.parse(text).filter(length -> !length.isZero());
        if (parsed.isEmpty()) {
            problems.add(command + ": " + option + ": found " + text + ", expected " + DurationText.EXPECTED);
        }
        return parsed;
    }
}
