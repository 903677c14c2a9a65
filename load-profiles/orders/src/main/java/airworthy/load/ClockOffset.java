package airworthy.load;

/**
 * How far another process's monotonic clock is ahead of this one's: on one Linux host nothing, but for the error.
 *
 * @param ns what to subtract from its stamps
 * @param errorNs at most so far off either way: half the round trip of the question
 */
public record ClockOffset(long ns, long errorNs) {

    /**
     * By one question.
     *
     * @param askedNs when it was asked, by this clock
     * @param theirNs what the other clock said in between
     * @param answeredNs when that was heard, by this clock
     */
    static ClockOffset of(long askedNs, long theirNs, long answeredNs) {
        long half = (answeredNs - askedNs) / 2;
        return new ClockOffset(theirNs - (askedNs + half), half);
    }

    /** The one that is known better. */
    ClockOffset orBetter(ClockOffset other) {
        return other.errorNs < errorNs ? other : this;
    }
}
