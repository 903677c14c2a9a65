package airworthy.proxy;

/** One way in which an artefact is another than the store holds, once it has passed by. */
sealed interface Corruption {

    /**
     * It ends early and says so: the length that the answer announces is the shorter one, as that of a file cut short in a
     * store or a cache is. Only what the artefact itself ought to be can tell.
     *
     * @param keep the share of it that still comes
     */
    record Truncated(double keep) implements Corruption {}

    /**
     * Some of its bits are others.
     *
     * @param bits how many, spread evenly over it
     * @param tensorsOnly whether its head stays as it is, so that it still loads; what has no such head then stays whole
     */
    record Flipped(int bits, boolean tensorsOnly) implements Corruption {}

    /** The store does not have it. */
    record Missing() implements Corruption {}

    /** It comes whole, and the store tells the digest of another. */
    record OtherDigest() implements Corruption {}

    /**
     * It comes slowly, and whole.
     *
     * @param bytesPerSecond no faster than that; 0 is as it comes
     * @param timesAsLong how many times as long as the store takes; 1 is as it comes
     */
    record Slow(long bytesPerSecond, double timesAsLong) implements Corruption {}

    /** What metrics and log call it. */
    default String kind() {
        return switch (this) {
            case Truncated _ -> "truncated";
            case Flipped _ -> "flipped";
            case Missing _ -> "missing";
            case OtherDigest _ -> "other-digest";
            case Slow _ -> "slow-download";
        };
    }

    /** Whether it can be made of an answer whose length nobody announced. */
    default boolean needsLength() {
        return switch (this) {
            case Truncated _, Flipped _ -> true;
            case Missing _, OtherDigest _, Slow _ -> false;
        };
    }
}
