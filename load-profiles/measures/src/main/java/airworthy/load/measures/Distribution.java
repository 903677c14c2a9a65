package airworthy.load.measures;

import java.time.Duration;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/**
 * A sample of times, kept as an HdrHistogram of three significant digits from 1 us to 1 h: memory does not grow with the sample, and
 * merging is exact. For one thread.
 */
public final class Distribution {
    private static final long LOWEST_NS = 1_000;
    private static final long HIGHEST_NS = Duration.ofHours(1).toNanos();
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(LOWEST_NS, HIGHEST_NS, DIGITS);

    /** A time beyond an hour counts as one of an hour; clocks of one machine give no negative ones. */
    void add(long ns) {
        histogram.recordValue(Math.clamp(ns, 0, HIGHEST_NS));
    }

    /** Takes in another sample, as if each of its times had been added. */
    public void add(Distribution other) {
        histogram.add(other.histogram);
    }

    void clear() {
        histogram.reset();
    }

    /** How many times it holds. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** How many times a percentile needs: ten must lie beyond it before anything is said of it. */
    public static long needed(double percentile) {
        return Math.round(1000 / (100 - percentile));
    }

    /**
     * The smallest time that at least this percentage does not exceed, within 0.1%; empty if the sample is too small to
     * say.
     */
    public OptionalLong percentileNs(double percentile) {
        return count() < needed(percentile)
                ? OptionalLong.empty()
                : OptionalLong.of(histogram.getValueAtPercentile(percentile));
    }

    /** The longest; empty if there is none. */
    public OptionalLong maxNs() {
        return count() == 0 ? OptionalLong.empty() : OptionalLong.of(histogram.getMaxValue());
    }

    Histogram histogram() {
        return histogram;
    }
}
