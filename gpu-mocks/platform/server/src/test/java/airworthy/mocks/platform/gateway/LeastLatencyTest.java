package airworthy.mocks.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastLatencyTest {

    private static final Replica A = replica("a");
    private static final Replica B = replica("b");
    private static final Replica C = replica("c");
    private static final List<Replica> ALL = List.of(A, B, C);

    private final LeastLatency balancer =
            new LeastLatency(new Balancing.Outliers(3, 10, 3, Duration.ofMillis(10), Duration.ofMillis(500), 3));

    @Test
    void spreadsOverEqualReplicas() {
        gaps(A, 4, 10);
        gaps(B, 4, 10);
        gaps(C, 4, 10);

        List<Replica> first = IntStream.range(0, 3)
                .mapToObj(i -> balancer.rank(ALL).getFirst())
                .toList();

        assertThat(first).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void prefersTheReplicaWithLessUnderWay() {
        balancer.begin(A);
        balancer.begin(B);

        assertThat(balancer.rank(ALL).getFirst()).isEqualTo(C);
    }

    @Test
    void leavesAReplicaAfterThreeSlowWindows() {
        gaps(A, 4, 10);
        gaps(B, 4, 10);
        gaps(C, 80, 29);
        assertThat(balancer.ejected()).isEmpty();

        gaps(C, 80, 1);

        assertThat(balancer.ejected()).containsExactly(C);
        assertThat(balancer.rank(ALL)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void forgivesSlowWindowsThatAreNotInARow() {
        gaps(A, 4, 10);
        gaps(C, 80, 20);
        gaps(C, 4, 10);
        gaps(C, 80, 20);

        assertThat(balancer.ejected()).isEmpty();
    }

    @Test
    void leavesAReplicaWhoseFirstByteIsLate() {
        firstBytes(A, 40, 3);
        firstBytes(B, 800, 9);

        assertThat(balancer.ejected()).containsExactly(B);
    }

    @Test
    void doesNotCallAMomentSlow() {
        gaps(A, 1, 10);
        gaps(B, 9, 30);

        assertThat(balancer.ejected()).isEmpty();
    }

    @Test
    void neverLeavesAnOnlyReplica() {
        gaps(A, 900, 100);

        assertThat(balancer.ejected()).isEmpty();
    }

    @Test
    void usesAllWhenAllWereLeft() {
        gaps(A, 4, 10);
        gaps(B, 80, 30);
        balancer.probed(B, 0, 0);
        List<Replica> onlyEjected = List.of(B);

        assertThat(balancer.rank(onlyEjected)).containsExactly(B);
    }

    @Test
    void takesAReplicaBackAfterThreeGoodCanariesInARow() {
        gaps(A, 4, 10);
        gaps(B, 80, 30);
        probe(B, 4, 2);
        probe(B, 80, 1);
        probe(B, 4, 2);
        balancer.probeFailed(B);
        probe(B, 4, 2);
        assertThat(balancer.ejected()).containsExactly(B);

        probe(B, 4, 1);

        assertThat(balancer.ejected()).isEmpty();
    }

    private void probe(Replica replica, int gapMillis, int times) {
        for (int i = 0; i < times; i++) {
            balancer.probed(replica, 1, TimeUnit.MILLISECONDS.toNanos(gapMillis));
        }
    }

    private void gaps(Replica replica, int millis, int times) {
        try (StreamWatch watch = balancer.begin(replica)) {
            for (int i = 0; i < times; i++) {
                watch.gap(TimeUnit.MILLISECONDS.toNanos(millis));
            }
        }
    }

    private void firstBytes(Replica replica, int millis, int times) {
        for (int i = 0; i < times; i++) {
            try (StreamWatch watch = balancer.begin(replica)) {
                watch.firstByte(TimeUnit.MILLISECONDS.toNanos(millis));
            }
        }
    }

    private static Replica replica(String pod) {
        return new Replica("team-a", pod, InetSocketAddress.createUnresolved(pod, 8000));
    }
}
