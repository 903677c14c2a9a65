package airworthy.mocks.platform.gateway;

import java.util.Arrays;
import java.util.OptionalLong;

/** One kind of latency of one replica, in windows. Not thread-safe. */
final class LatencyTrack {

    private final long[] window;
    private int filled;
    private OptionalLong level = OptionalLong.empty();
    private int slowWindows;

    LatencyTrack(int window) {
        this.window = new long[window];
    }

    /** Returns the median of the last full window. */
    OptionalLong level() {
        return level;
    }

    /**
     * Takes a sample; at the end of a window compares it with the limit.
     *
     * @return slow windows in a row up to now
     */
    int add(long nanos, long limitNanos) {
        window[filled++] = nanos;
        if (filled == window.length) {
            filled = 0;
            long median = median(window);
            level = OptionalLong.of(median);
            slowWindows = median > limitNanos ? slowWindows + 1 : 0;
        }
        return slowWindows;
    }

    void reset() {
        filled = 0;
        slowWindows = 0;
        level = OptionalLong.empty();
    }

    /** Returns the lower median, so that one slow value of two does not hide another. */
    static long median(long... values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
