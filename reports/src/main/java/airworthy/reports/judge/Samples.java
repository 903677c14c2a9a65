package airworthy.reports.judge;

import airworthy.load.measures.Distribution;
import java.util.stream.LongStream;

/** A sample of times in nanoseconds, with exact order statistics. */
final class Samples {
    /** A time that never came: slower than anything, so that failing cannot improve a percentile. */
    static final long NEVER = Long.MAX_VALUE;

    private final long[] sorted;

    Samples(LongStream values) {
        sorted = values.sorted().toArray();
    }

    int size() {
        return sorted.length;
    }

    /** The smallest value that at least this percentage of the sample does not exceed. */
    long percentile(int percent) {
        if (sorted.length == 0) {
            throw new IllegalStateException("an empty sample has no percentile");
        }
        int rank = (int) Math.ceilDiv((long) sorted.length * percent, 100L);
        return sorted[Math.max(rank, 1) - 1];
    }

    boolean suffices(int percent) {
        return sorted.length >= Distribution.needed(percent);
    }

    /**
     * Ten of the counted kind must be possible at the bound before anything is said of a rate.
     *
     * @param rate the bound, between 0 and 1; a bound of 0 can be broken but never shown to hold
     */
    static long neededForRate(double rate) {
        // The subtrahend forgives the rounding of differences such as 1 - 0.9.
        return rate <= 0 ? Long.MAX_VALUE : (long) Math.ceil(10 / rate - 1e-6);
    }
}
