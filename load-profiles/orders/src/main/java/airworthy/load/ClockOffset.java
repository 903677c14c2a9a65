package airworthy.load;

import airworthy.model.RequestRecord;
import java.util.OptionalLong;

/**
 * How far another process's monotonic clock is ahead of this one's: on one Linux host nothing, but for the error.
 *
 * @param ns what to subtract from its stamps
 * @param errorNs at most so far off either way: half the round trip of the question
 */
public record ClockOffset(long ns, long errorNs) {

    /** Of one and the same clock. */
    static final ClockOffset NONE = new ClockOffset(0, 0);

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

    /** A time of ours, as the other clock tells it. */
    long theirs(long oursNs) {
        return oursNs + ns;
    }

    /** A request with the other clock's stamps, told by ours. */
    RequestRecord ours(RequestRecord theirs) {
        return new RequestRecord(
                theirs.stream(),
                theirs.number(),
                theirs.outcome(),
                theirs.status(),
                theirs.replica(),
                theirs.intendedNs() - ns,
                ours(theirs.startNs()),
                ours(theirs.writeNs()),
                ours(theirs.headersNs()),
                theirs.contentNs().stream().map(stamp -> stamp - ns).toList(),
                theirs.endNs() - ns,
                theirs.completionTokens(),
                theirs.correct(),
                theirs.detail(),
                theirs.promptTokens());
    }

    private OptionalLong ours(OptionalLong stamp) {
        return stamp.isPresent() ? OptionalLong.of(stamp.getAsLong() - ns) : stamp;
    }

    /** The one that is known better. */
    ClockOffset orBetter(ClockOffset other) {
        return other.errorNs < errorNs ? other : this;
    }
}
