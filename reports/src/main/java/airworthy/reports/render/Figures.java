package airworthy.reports.render;

import airworthy.model.Score;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** How figures are rounded: one fixed rule for each kind. */
public final class Figures {
    private Figures() {}

    /** Half up, to so many decimals, without trailing zeros. */
    public static BigDecimal rounded(double value, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** Milliseconds to the microsecond. */
    public static BigDecimal millis(Duration duration) {
        return rounded(duration.toNanos() / 1e6, 3);
    }

    /** Seconds to the tenth, for people. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%,.1f", duration.toNanos() / 1e9);
    }

    /** Points to the tenth; rounded down, so that no card shows a band it did not earn. */
    public static String points(double points) {
        return BigDecimal.valueOf(points).setScale(1, RoundingMode.DOWN).toPlainString();
    }

    /** The bounds of a score, for example {@code at least 4.2, at most 7.9}. */
    public static String bounds(Score score) {
        return "at least " + points(score.atLeast()) + ", at most " + points(score.atMost());
    }
}
