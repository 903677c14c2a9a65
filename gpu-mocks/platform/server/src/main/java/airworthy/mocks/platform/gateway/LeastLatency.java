package airworthy.mocks.platform.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Prefers the replica with the fewest requests under way, which a slow one piles up; leaves one that is much slower than
 * the others.
 *
 * <p>Measured latency does not rank the rest: the fastest would get everything, and a replica without traffic cannot be
 * measured.
 *
 * <p>If all are left, all are used: a slow answer is better than none.
 */
final class LeastLatency implements Balancer {

    /** Time to first byte comes once a request, gaps come by the dozen: fewer samples make its window. */
    private static final int FIRST_BYTES_A_WINDOW = 3;

    private final Balancing.Outliers outliers;
    private final Map<Replica, State> states = new LinkedHashMap<>();
    private int turn;

    LeastLatency(Balancing.Outliers outliers) {
        this.outliers = outliers;
    }

    @Override
    public synchronized List<Replica> rank(List<Replica> ready) {
        states.entrySet().removeIf(entry -> entry.getValue().underWay == 0 && !ready.contains(entry.getKey()));
        List<Replica> candidates = new ArrayList<>(
                ready.stream().filter(replica -> !state(replica).ejected).toList());
        if (candidates.isEmpty()) {
            candidates.addAll(ready);
        }
        // Equals take turns: the sort is stable.
        Collections.rotate(candidates, -Math.floorMod(turn++, Math.max(1, candidates.size())));
        candidates.sort(Comparator.comparingInt(replica -> state(replica).underWay));
        return candidates;
    }

    @Override
    public synchronized StreamWatch begin(Replica replica) {
        state(replica).underWay++;
        return new Watch(replica);
    }

    @Override
    public synchronized List<Replica> ejected() {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().ejected)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized void probed(Replica replica, long firstByteNanos, long gapNanos) {
        State state = state(replica);
        boolean good = firstByteNanos <= limit(replica, other -> other.firstBytes)
                && gapNanos <= limit(replica, other -> other.gaps);
        state.goodProbes = good ? state.goodProbes + 1 : 0;
        if (state.goodProbes >= outliers.healthyProbes()) {
            state.comeBack();
        }
    }

    @Override
    public synchronized void probeFailed(Replica replica) {
        state(replica).goodProbes = 0;
    }

    private synchronized void observe(Replica replica, Function<State, LatencyTrack> kind, long nanos) {
        State state = state(replica);
        if (!state.ejected && kind.apply(state).add(nanos, limit(replica, kind)) >= outliers.consecutive()) {
            state.ejected = true;
            state.goodProbes = 0;
        }
    }

    private synchronized void end(Replica replica) {
        state(replica).underWay--;
    }

    /** Returns what a replica may not exceed; without others to compare with, anything goes. */
    private long limit(Replica replica, Function<State, LatencyTrack> kind) {
        OptionalLong reference = reference(replica, kind);
        return reference.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(outliers.slowAtLeast().toNanos(), Math.round(reference.getAsLong() * outliers.factor()));
    }

    private OptionalLong reference(Replica replica, Function<State, LatencyTrack> kind) {
        long[] others = states.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(replica) && !entry.getValue().ejected)
                .flatMapToLong(entry -> kind.apply(entry.getValue()).level().stream())
                .toArray();
        return others.length == 0 ? OptionalLong.empty() : OptionalLong.of(LatencyTrack.median(others));
    }

    private State state(Replica replica) {
        return states.computeIfAbsent(replica, absent -> new State(outliers.window()));
    }

    private static final class State {
        final LatencyTrack gaps;
        final LatencyTrack firstBytes = new LatencyTrack(FIRST_BYTES_A_WINDOW);
        int underWay;
        boolean ejected;
        int goodProbes;

        State(int window) {
            gaps = new LatencyTrack(window);
        }

        void comeBack() {
            ejected = false;
            goodProbes = 0;
            gaps.reset();
            firstBytes.reset();
        }
    }

    private final class Watch implements StreamWatch {

        private final Replica replica;

        Watch(Replica replica) {
            this.replica = replica;
        }

        @Override
        public void firstByte(long nanos) {
            observe(replica, state -> state.firstBytes, nanos);
        }

        @Override
        public void gap(long nanos) {
            observe(replica, state -> state.gaps, nanos);
        }

        @Override
        public void close() {
            end(replica);
        }
    }
}
