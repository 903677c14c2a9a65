package airworthy.mocks.platform.gateway;

import java.util.List;

/** Orders the replicas of one model and learns from their streams. Safe for any number of threads. */
interface Balancer {

    /** Returns the replicas to try, best first. */
    List<Replica> rank(List<Replica> ready);

    /** A request goes to this replica now. */
    StreamWatch begin(Replica replica);

    /** Returns the replicas that get no requests but canaries. */
    List<Replica> ejected();

    /** A canary stream came to its end: its time to first byte and the median of its gaps. */
    void probed(Replica replica, long firstByteNanos, long gapNanos);

    /** A canary stream could not be had. */
    void probeFailed(Replica replica);
}
