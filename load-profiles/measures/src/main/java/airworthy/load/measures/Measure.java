package airworthy.load.measures;

import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.util.stream.LongStream;

/**
 * What is measured of a request, in nanoseconds. <em>From write</em> is what the server took; <em>from intended</em> is what a
 * user waited who came by the schedule, so that a server that stands still is not asked less often for it (coordinated
 * omission). The formulas stand in load-profiles/README.md as well.
 */
public enum Measure {
    /** Headers - write. */
    HEADERS("headers"),
    /** First content - write. */
    FIRST_TOKEN("ttft"),
    /** First content - intended. */
    FIRST_TOKEN_FROM_INTENDED("ttftFromIntended"),
    /** Each content event - the one before it. */
    GAP("gap"),
    /** (Last content - first content) / (tokens - 1), tokens by the server's own count; of answers of two tokens or more. */
    TOKEN_TIME("tpot"),
    /** The longest gap of a request. */
    LONGEST_STALL("stall"),
    /** End - write, of whole answers. */
    ANSWER("e2e"),
    /** End - intended, of whole answers. */
    ANSWER_FROM_INTENDED("e2eFromIntended"),
    /**
     * End - last content, of answers that began and were not whole: how long they had been silent when they broke off. Censored: the
     * gap would have been longer, so it is never mixed with {@link #GAP}.
     */
    OPEN_GAP("openGap"),
    /** Start - intended: the client's own lateness. */
    LAG("lag");

    private final String id;

    Measure(String id) {
        this.id = id;
    }

    /** The stable name in files. */
    public String id() {
        return id;
    }

    /** The values that one request gives: none, one, or one a gap. */
    LongStream of(RequestRecord request) {
        LongStream intended = LongStream.of(request.intendedNs());
        LongStream write = request.writeNs().stream();
        LongStream firstToken = request.contentNs().stream().limit(1).mapToLong(Long::longValue);
        return switch (this) {
            case HEADERS -> since(request.headersNs().stream(), write);
            case FIRST_TOKEN -> since(firstToken, write);
            case FIRST_TOKEN_FROM_INTENDED -> since(firstToken, intended);
            case GAP -> request.gapsNs();
            case TOKEN_TIME -> tokenTime(request);
            case LONGEST_STALL -> request.gapsNs().max().stream();
            case ANSWER -> whole(request, write);
            case ANSWER_FROM_INTENDED -> whole(request, intended);
            case OPEN_GAP -> openGap(request);
            case LAG -> request.lagNs().stream();
        };
    }

    private static LongStream tokenTime(RequestRecord request) {
        int tokens = request.completionTokens().orElse(0);
        if (tokens < 2 || request.contentNs().size() < 2) {
            return LongStream.empty();
        }
        long span = request.contentNs().getLast() - request.contentNs().getFirst();
        return LongStream.of(Math.round((double) span / (tokens - 1)));
    }

    private static LongStream whole(RequestRecord request, LongStream from) {
        return request.outcome() == RequestOutcome.OK ? from.map(start -> request.endNs() - start) : LongStream.empty();
    }

    private static LongStream openGap(RequestRecord request) {
        return request.outcome() == RequestOutcome.OK || request.contentNs().isEmpty()
                ? LongStream.empty()
                : LongStream.of(request.endNs() - request.contentNs().getLast());
    }

    private static LongStream since(LongStream to, LongStream from) {
        return to.flatMap(end -> from.map(start -> end - start));
    }
}
