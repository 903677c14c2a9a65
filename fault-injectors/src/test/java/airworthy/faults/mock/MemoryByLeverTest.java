package airworthy.faults.mock;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Assignment;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.faults.TestServer;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.Share;
import airworthy.model.Target;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryByLeverTest {
    private static final Fault PIECES = new Fault.MemoryFragmented(new Share(0.5));
    private static final Fault USED_UP = new Fault.MemoryExhausted(new Share(0.25));

    private final TestServer server = new TestServer((method, path, body) -> path.startsWith("/admin/levers/memory")
            ? new TestServer.Reply(200, "{\"value\": 0}")
            : new TestServer.Reply(404, "{}"));
    private final HttpCaller http = new HttpCaller(Names.none(), Limits.standard());

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void eachKindIsOneLeverOfTheReplicasOwnServer() throws InterruptedException {
        assertThat(planned(PIECES).changes())
                .containsExactly(new Change.PullLever(server.at("/admin/levers/memoryPiece"), "0.5", "0"));
        assertThat(planned(USED_UP).changes())
                .containsExactly(new Change.PullLever(server.at("/admin/levers/memoryLeft"), "0.25", "0"));
    }

    @Test
    void theDeviceItselfIsNotTouched() throws InterruptedException {
        Planning.Planned planned = planned(PIECES);
        assertThat(planned.touches()).containsOnly(Layer.CLIENT, Layer.ENGINE_METRICS, Layer.WORKLOAD);
        assertThat(planned.namespaces()).containsOnly("team-a");
        assertThat(planned.devices()).isZero();
    }

    @Test
    void onlyMemoryIsKnown() {
        MemoryByLever injector = injector(new Reading.Present<>(server.at("/")));
        assertThat(injector.knows(PIECES)).isTrue();
        assertThat(injector.knows(USED_UP)).isTrue();
        assertThat(injector.knows(new Fault.DeviceLost())).isFalse();
    }

    @Test
    void aReplicaThatIsNoMockOrCannotBeReadIsNotGuessed() throws InterruptedException {
        assertThat(plan(PIECES, new Reading.Absent<>("no mock"), Optional.of("chat-0")))
                .isInstanceOf(Planning.NotApplicable.class);
        assertThat(plan(PIECES, new Reading.Unreadable<>("403"), Optional.of("chat-0")))
                .isInstanceOf(Planning.Refused.class);
        assertThat(plan(PIECES, new Reading.Present<>(server.at("/")), Optional.empty()))
                .isInstanceOf(Planning.NotApplicable.class);
    }

    private Planning.Planned planned(Fault fault) throws InterruptedException {
        return (Planning.Planned) plan(fault, new Reading.Present<>(server.at("/")), Optional.of("chat-0"));
    }

    private Planning plan(Fault fault, Reading<URI> base, Optional<String> replica) throws InterruptedException {
        Target target = new Target(
                "device gpu-0",
                Map.of(Dimension.NAMESPACE, "team-a"),
                Map.of(),
                Optional.of("chat"),
                replica,
                List.of());
        return injector(base)
                .plan(new Assignment(
                        fault, target, Optional.empty(), new RunMark("r7", "ops@example.com", Instant.EPOCH)));
    }

    private MemoryByLever injector(Reading<URI> base) {
        return new MemoryByLever(_ -> base, http);
    }
}
