package airworthy.proxy;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How long a model server takes from event to event: the median of the latest gaps, which one stall does not move, shared
 * among events that came together. Safe for any number of threads.
 */
final class TokenGaps {

    /** Enough to forget a prefill, few enough to follow a server whose load changes. */
    private static final int KEPT = 31;

    private final int enough;
    private final long[] nanos = new long[KEPT];
    private int seen;

    /** @param enough with fewer gaps nothing is said */
    TokenGaps(int enough) {
        this.enough = enough;
    }

    /** @param gapNanos 0 for events that came together */
    synchronized void add(long gapNanos) {
        nanos[seen % KEPT] = gapNanos;
        seen++;
    }

    /** Returns the time for one event, or empty while too little was seen. */
    synchronized OptionalLong typical() {
        int count = Math.min(seen, KEPT);
        long[] gaps =
                Arrays.stream(nanos, 0, count).filter(gap -> gap > 0).sorted().toArray();
        if (seen < enough || gaps.length == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(gaps[gaps.length / 2] * gaps.length / count);
    }
}
