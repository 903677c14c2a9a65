package airworthy.accelerator.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A span of time as it is written on the command line, for example {@code 5m}.
 *
 * @param duration above nothing, and at most {@link Bound#LONGEST}
 */
record Span(Duration duration) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})(s|m|h)");

    static Span parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (written.matches()) {
            long count = Long.parseLong(written.group(1));
            Duration duration = switch (written.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
            if (duration.isPositive() && duration.compareTo(Bound.LONGEST) <= 0) {
                return new Span(duration);
            }
        }
        throw new TypeConversionException("found '" + text + "', expected 1s to 24h, for example 90s or 5m");
    }
}
