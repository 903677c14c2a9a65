package airworthy.model;

import java.time.Duration;

/**
 * A measured length of time and its error.
 *
 * @param length may be negative where the later stamp's clock lags
 * @param error how far off the length may be, to either side
 */
public record Interval(Duration length, Duration error) {

    /** How this interval stands to a bound: within it, beyond it, or too close to tell. */
    public Comparison against(Duration bound) {
        if (length.plus(error).compareTo(bound) <= 0) {
            return Comparison.WITHIN;
        }
        return length.minus(error).compareTo(bound) > 0 ? Comparison.BEYOND : Comparison.TOO_CLOSE;
    }

    /** How a measured figure stands to a bound, given its error. */
    public enum Comparison {
        WITHIN,
        BEYOND,
        TOO_CLOSE
    }
}
