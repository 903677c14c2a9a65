package airworthy.reports.judge;

import airworthy.model.RequestRecord;
import java.util.List;

/**
 * Which part of the requests a replica was given.
 *
 * @param sent requests that were sent
 * @param known those of them whose replica is known
 * @param hit those that the replica got
 */
record ReplicaShare(long sent, long known, long hit) {
    /** With more than this unknown, what is known may be any part of the truth. */
    private static final double UNKNOWN_AT_MOST = 0.1;

    static ReplicaShare of(List<RequestRecord> requests, String replica) {
        List<RequestRecord> sent = requests.stream()
                .filter(request ->
                        request.startNs().isPresent() && request.outcome().answeredByPlatform())
                .toList();
        return new ReplicaShare(
                sent.size(),
                sent.stream().filter(request -> request.replica().isPresent()).count(),
                sent.stream()
                        .filter(request ->
                                request.replica().filter(replica::equals).isPresent())
                        .count());
    }

    boolean tooManyUnknown() {
        return sent - known > sent * UNKNOWN_AT_MOST;
    }

    String unknowns() {
        return "the serving replica is not known of " + Say.count(sent - known) + " of " + Say.count(sent)
                + " requests, at most " + Say.percent(UNKNOWN_AT_MOST) + " may be";
    }

    double share() {
        return known == 0 ? 0 : (double) hit / known;
    }

    @Override
    public String toString() {
        return Say.percent(share()) + " (" + Say.count(hit) + " of " + Say.count(known) + ")";
    }
}
