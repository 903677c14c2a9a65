package airworthy.mocks.promql;

/**
 * One value of a series in time.
 *
 * @param millis milliseconds since the epoch
 * @param value the value, or the stale marker
 */
public record Point(long millis, double value) {
    /** A quiet NaN, so that no processor alters its payload when it is moved. Internal to this simulation. */
    private static final long STALE_BITS = 0x7ff8_0000_0000_0002L;

    /** Marks the end of a series: it has no value from here on. */
    public static final double STALE = Double.longBitsToDouble(STALE_BITS);

    /** Says whether this point is the stale marker. */
    public boolean isStale() {
        return Double.doubleToRawLongBits(value) == STALE_BITS;
    }
}
