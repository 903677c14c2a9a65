package airworthy.mocks.prometheus;

import airworthy.mocks.promql.NumberFormat;
import java.util.List;

/** Numbers and durations for people, as Prometheus's template functions write them. */
final class Humanized {
    /** Significant digits, from Prometheus's %.4g. */
    static final int DIGITS = 4;

    private static final List<String> LARGE = List.of("", "k", "M", "G", "T", "P", "E", "Z", "Y");
    private static final List<String> SMALL = List.of("", "m", "u", "n", "p", "f", "a", "z", "y");

    private Humanized() {}

    static String number(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return digits(value);
        }
        return Math.abs(value) >= 1 ? large(value) : small(value);
    }

    private static String large(double value) {
        double rest = value;
        int prefix = 0;
        while (Math.abs(rest) >= 1000 && prefix < LARGE.size() - 1) {
            rest /= 1000;
            prefix++;
        }
        return digits(rest) + LARGE.get(prefix);
    }

    private static String small(double value) {
        double rest = value;
        int prefix = 0;
        while (Math.abs(rest) < 1 && prefix < SMALL.size() - 1) {
            rest *= 1000;
            prefix++;
        }
        return digits(rest) + SMALL.get(prefix);
    }

    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return digits(seconds);
        }
        if (seconds == 0) {
            return "0s";
        }
        if (Math.abs(seconds) < 1) {
            return small(seconds) + "s";
        }
        String sign = seconds < 0 ? "-" : "";
        long whole = (long) Math.abs(seconds);
        long days = whole / 86_400;
        long hours = whole / 3_600 % 24;
        long minutes = whole / 60 % 60;
        if (days > 0) {
            return "%s%dd %dh %dm %ds".formatted(sign, days, hours, minutes, whole % 60);
        }
        if (hours > 0) {
            return "%s%dh %dm %ds".formatted(sign, hours, minutes, whole % 60);
        }
        return minutes > 0 ? "%s%dm %ds".formatted(sign, minutes, whole % 60) : digits(seconds) + "s";
    }

    private static String digits(double value) {
        return NumberFormat.significant(value, DIGITS);
    }
}
