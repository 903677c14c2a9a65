package airworthy.mocks.platform.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Each replica in turn. */
final class RoundRobin implements Balancer {

    private static final StreamWatch BLIND = new StreamWatch() {
        @Override
        public void firstByte(long nanos) {}

        @Override
        public void gap(long nanos) {}

        @Override
        public void close() {}
    };

    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public List<Replica> rank(List<Replica> ready) {
        List<Replica> ranked = new ArrayList<>(ready);
        Collections.rotate(ranked, -Math.floorMod(turn.getAndIncrement(), Math.max(1, ready.size())));
        return ranked;
    }

    @Override
    public StreamWatch begin(Replica replica) {
        return BLIND;
    }

    @Override
    public List<Replica> ejected() {
        return List.of();
    }

    @Override
    public void probed(Replica replica, long firstByteNanos, long gapNanos) {}

    @Override
    public void probeFailed(Replica replica) {}
}
