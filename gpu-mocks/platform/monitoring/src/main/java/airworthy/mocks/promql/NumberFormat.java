package airworthy.mocks.promql;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** Writes and reads numbers as Go does, which Prometheus's API, its templates and its exposition format show. */
public final class NumberFormat {
    private NumberFormat() {}

    /** Writes the shortest exact decimal without an exponent: Prometheus's API values. */
    public static String plain(double value) {
        return special(value).orElseGet(() -> strip(exact(value)).toPlainString());
    }

    /** Writes the shortest exact decimal, with an exponent below 1e-4 and from 1e21 on: Go's %v. */
    public static String shortest(double value) {
        return special(value).orElseGet(() -> general(exact(value), 21));
    }

    /** Writes the shortest exact decimal, always with an exponent: the values of Prometheus's alerts. */
    public static String scientific(double value) {
        return value == 0 ? "0e+00" : special(value).orElseGet(() -> exponential(strip(exact(value))));
    }

    /** Writes at most that many significant digits, trailing zeros dropped: Go's %.4g for 4. */
    public static String significant(double value, int digits) {
        return special(value)
                .orElseGet(() ->
                        general(new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)), digits));
    }

    /**
     * Reads a number as the exposition format writes it.
     *
     * @throws NumberFormatException when the text is none
     */
    public static double parse(String text) {
        return switch (text) {
            case "+Inf", "Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
            case "NaN", "nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    private static Optional<String> special(double value) {
        if (Double.isNaN(value)) {
            return Optional.of("NaN");
        }
        if (Double.isInfinite(value)) {
            return Optional.of(value > 0 ? "+Inf" : "-Inf");
        }
        return value == 0 ? Optional.of("0") : Optional.empty();
    }

    private static BigDecimal exact(double value) {
        return new BigDecimal(Double.toString(value));
    }

    private static BigDecimal strip(BigDecimal number) {
        return number.stripTrailingZeros();
    }

    private static String general(BigDecimal number, int exponentFrom) {
        BigDecimal stripped = strip(number);
        int exponent = exponent(stripped);
        return exponent >= -4 && exponent < exponentFrom ? stripped.toPlainString() : exponential(stripped);
    }

    private static String exponential(BigDecimal stripped) {
        int exponent = exponent(stripped);
        String mantissa = strip(stripped.movePointLeft(exponent)).toPlainString();
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static int exponent(BigDecimal stripped) {
        return stripped.precision() - stripped.scale() - 1;
    }
}
