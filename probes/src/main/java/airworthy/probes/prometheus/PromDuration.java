package airworthy.probes.prometheus;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus and Alertmanager write them: {@code 5m}, {@code 1h30m}, {@code 500ms}. */
public final class PromDuration {
    private static final Pattern WHOLE = Pattern.compile("0|(?:\\d+(?:ms|[ywdhms]))+");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|[ywdhms])");
    private static final Map<String, Duration> UNITS = Map.of(
            "y", Duration.ofDays(365),
            "w", Duration.ofDays(7),
            "d", Duration.ofDays(1),
            "h", Duration.ofHours(1),
            "m", Duration.ofMinutes(1),
            "s", Duration.ofSeconds(1),
            "ms", Duration.ofMillis(1));

    private PromDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("found \"" + text + "\", expected a duration such as 30s or 1h30m");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            Duration unit = UNITS.getOrDefault(part.group(2), Duration.ZERO);
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
        }
        return sum;
    }

    /** Writes a duration so that PromQL reads it, exact to the millisecond. */
    public static String format(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
