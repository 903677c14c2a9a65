package airworthy.mocks.monitoring;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus and Alertmanager write them: {@code 5m}, {@code 1h30m}, {@code 500ms}. */
public final class PromDuration {
    /** A whole duration, units from large to small; a day has 24 hours, a year 365 days. */
    private static final Pattern FORMAT = Pattern.compile(
            "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");

    private static final long[] UNIT_MILLIS = {
        365L * 86_400_000, 7L * 86_400_000, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
    };
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

    private PromDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = FORMAT.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("found \"" + text + "\", expected a duration such as 30s or 1h30m");
        }
        long millis = 0;
        for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
            String amount = matcher.group(unit + 1);
            if (amount != null) {
                millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(amount), UNIT_MILLIS[unit]));
            }
        }
        return Duration.ofMillis(millis);
    }

    /** Writes a duration in the largest units that are exact; parts of a millisecond are dropped. */
    public static String format(Duration duration) {
        long rest = duration.toMillis();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        // Weeks and years only where nothing remains, as Prometheus prints them.
        for (int unit = 0; unit < UNITS.length; unit++) {
            boolean exactOnly = unit < 2;
            long amount = rest / UNIT_MILLIS[unit];
            if (amount > 0 && !(exactOnly && rest % UNIT_MILLIS[unit] != 0)) {
                text.append(amount).append(UNITS[unit]);
                rest %= UNIT_MILLIS[unit];
            }
        }
        return text.toString();
    }
}
