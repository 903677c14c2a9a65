package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.PlatformProfile;
import airworthy.model.ScenarioId;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.inference.CanaryProbe;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica of one endpoint whose gap between tokens is set; the fault is seen from five times on. */
class SlowReplicaWatchTest {
    private static final ScenarioId SRV4 = new ScenarioId("SRV-4");
    private static final Target TARGET = new Target(
            "chat, replica chat-0", Map.of(), Map.of(), Optional.of("chat"), Optional.of("chat-0"), List.of());

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpCaller caller = new HttpCaller(new Names(Map.of()), Limits.standard());
    private final HttpServer replica;
    private volatile Duration gap = Duration.ofMillis(20);

    SlowReplicaWatchTest() throws IOException {
        replica = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        replica.setExecutor(threads);
        replica.createContext("/v1/chat/completions", this::stream);
    }

    @BeforeEach
    void start() {
        replica.start();
    }

    @AfterEach
    void stop() {
        caller.close();
        replica.stop(0);
        threads.close();
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int token = 0; token < 6; token++) {
                out.write("data: {\"choices\":[{\"delta\":{\"content\":\"one \"}}]}\n\n"
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                LockSupport.parkNanos(gap.toNanos());
            }
            out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private SlowReplicaWatch watching(Reading<URI> address) {
        PlatformProfile.Inference served = new PlatformProfile.Inference(
                "chat",
                WorkloadRef.parse("team-a/deployment/chat"),
                URI.create("http://127.0.0.1:1/v1"),
                "chat",
                Optional.empty(),
                8000,
                new Slo(Duration.ofMillis(250), Duration.ofMillis(40)));
        return new SlowReplicaWatch(
                new SlowReplicaWatch.Subject(SRV4, TARGET, served, address, Duration.ofSeconds(1)),
                5,
                new CanaryProbe(caller, "7f3a", System::nanoTime),
                Optional.empty(),
                (at, event) -> {},
                Stamps.ofThisMachine());
    }

    private Reading<URI> here() {
        return new Reading.Present<>(
                URI.create("http://127.0.0.1:" + replica.getAddress().getPort() + "/v1"));
    }

    @Test
    void aReplicaThatBecameMuchSlowerIsSeen() throws Exception {
        try (SlowReplicaWatch watch = watching(here())) {
            watch.before();
            gap = Duration.ofMillis(300);

            Event.LandedSeen seen = watch.look();

            assertThat(seen.holds()).as(seen.how()).isTrue();
            assertThat(seen.layer()).isEqualTo(Layer.CLIENT);
            assertThat(seen.how()).contains("asked directly, chat-0's median gap", "(n=5)", "seen from 5.0 times on");
        }
    }

    @Test
    void aReplicaAsFastAsBeforeIsNotTakenForSlow() throws Exception {
        gap = Duration.ofMillis(30);
        try (SlowReplicaWatch watch = watching(here())) {
            watch.before();
            assertThat(watch.look().holds()).isFalse();
        }
    }

    @Test
    void withoutALookBeforeTheFaultNothingIsSaidToHold() throws Exception {
        gap = Duration.ofMillis(30);
        try (SlowReplicaWatch watch = watching(here())) {
            Event.LandedSeen seen = watch.look();
            assertThat(seen.holds()).isFalse();
            assertThat(seen.how()).contains("before not asked before the fault; now COMPLETE after 6 events");
        }
    }

    @Test
    void aReplicaWithoutAnAddressIsNotSaidToBeSlow() throws Exception {
        try (SlowReplicaWatch watch = watching(new Reading.Absent<>("chat-0 has no address any more"))) {
            watch.before();
            Event.LandedSeen seen = watch.look();
            assertThat(seen.holds()).isFalse();
            assertThat(seen.how()).contains("chat-0 has no address any more");
        }
    }
}
