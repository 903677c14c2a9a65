package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.PlatformProfile;
import airworthy.model.RequestOutcome;
import airworthy.model.ScenarioId;
import airworthy.model.Slo;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.inference.AllocatorProbe;
import airworthy.probes.inference.CanaryProbe;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.runner.ToyCluster;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica of one endpoint that refuses, beside a cluster that holds its log. */
class OutOfMemoryWatchTest {
    private static final ScenarioId OBS1 = new ScenarioId("OBS-1");
    private static final String WHOLE = "data: {\"choices\":[{\"delta\":{\"content\":\"one\"}}]}\n\ndata: [DONE]\n\n";

    private final ToyCluster cluster = new ToyCluster();
    private final HttpCaller caller = new HttpCaller(new Names(Map.of()), Limits.standard());
    private final List<Event> journal = new CopyOnWriteArrayList<>();
    private final HttpServer replica = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private volatile int status = 503;
    private volatile String body = "{\"error\": {\"message\": \"out of memory\"}}";

    OutOfMemoryWatchTest() throws IOException {
        replica.createContext("/v1/chat/completions", this::answer);
        replica.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @AfterEach
    void close() {
        replica.stop(0);
        caller.close();
        cluster.close();
    }

    @Test
    void memoryInPiecesIsTheOneAndNotTheOther() throws Exception {
        cluster.podSays("chat-0", words("128.00 MiB", "31.03 GiB"));

        Event.LandedSeen pieces = look(true);
        assertThat(pieces.holds()).as(pieces.how()).isTrue();
        assertThat(pieces.layer()).isEqualTo(Layer.WORKLOAD);
        assertThat(pieces.how()).contains("asked directly, chat-0 gave http-5xx; memory is free in pieces");
        assertThat(look(false).holds()).isFalse();
    }

    @Test
    void memoryThatIsUsedUpIsTheOtherAndNotTheOne() throws Exception {
        cluster.podSays("chat-0", words("128.00 MiB", "31.03 GiB") + words("128.00 MiB", "64.00 MiB"));

        assertThat(look(false).holds()).isTrue();
        assertThat(look(true).holds()).isFalse();
        assertThat(look(true).how()).contains("memory is used up");
    }

    @Test
    void whatAnswersAgainHoldsNoMoreWhateverItWroteBefore() throws Exception {
        cluster.podSays("chat-0", words("128.00 MiB", "31.03 GiB"));
        status = 200;
        body = WHOLE;

        assertThat(look(true).holds()).isFalse();
        assertThat(look(true).how()).isEqualTo("asked directly, chat-0 gave ok");
    }

    @Test
    void aRefusalOfWhichTheAllocatorSaysNothingIsNoProof() throws Exception {
        cluster.podSays("chat-0", "serving chat\n");

        assertThat(look(true).holds()).isFalse();
        assertThat(look(true).how()).contains("tells of no allocation that failed");
    }

    @Test
    void whatAContainerLeftThatEndedOverItIsProof() throws Exception {
        replica.stop(0);
        cluster.podSays("chat-0", "serving chat\n");
        cluster.pods(ToyCluster.pod("chat-0", false, "")
                .replace(
                        "\"restartCount\": 0",
                        "\"restartCount\": 1, \"lastState\": {\"terminated\": {\"message\": \""
                                + words("128.00 MiB", "31.03 GiB").strip() + "\"}}"));

        Event.LandedSeen seen = look(true);
        assertThat(seen.holds()).as(seen.how()).isTrue();
        assertThat(seen.how()).contains("chat-0 gave connect-fail");
    }

    @Test
    void eachQuestionIsJournalledAndSoAreThePodsAtEachLookAndWhenTheyChange() throws Exception {
        try (OutOfMemoryWatch watch = watch(true)) {
            watch.before();
            cluster.pods(ToyCluster.pod("chat-0", false, ""));
            await().until(() -> journal.stream()
                    .anyMatch(event -> event instanceof Event.PodsSeen seen
                            && seen.pods().getFirst().condition() == Event.PodCondition.NOT_READY));
            watch.look();
        }
        assertThat(journal)
                .contains(new Event.ReplicaAsked(
                        OBS1, "chat-0", RequestOutcome.HTTP_5XX, "503, {\"error\": {\"message\": \"out of memory\"}}"));
        assertThat(journal.stream().filter(Event.PodsSeen.class::isInstance).count())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void aReplicaWithoutAnAddressIsNotSaidToFail() throws Exception {
        try (OutOfMemoryWatch watch = watch(true, new Reading.Absent<>("chat-0 has no address any more"))) {
            assertThat(watch.look().holds()).isFalse();
            assertThat(watch.look().how()).isEqualTo("chat-0 has no address any more");
        }
    }

    private static String words(String tried, String unallocated) {
        return "CUDA out of memory. Tried to allocate " + tried
                + ". Of the allocated memory 48 GiB is allocated by PyTorch," + " and " + unallocated
                + " is reserved by PyTorch but unallocated.\n";
    }

    private Event.LandedSeen look(boolean inPieces) throws InterruptedException {
        try (OutOfMemoryWatch watch = watch(inPieces)) {
            return watch.look();
        }
    }

    private OutOfMemoryWatch watch(boolean inPieces) {
        return watch(
                inPieces,
                new Reading.Present<>(
                        URI.create("http://127.0.0.1:" + replica.getAddress().getPort() + "/v1")));
    }

    private OutOfMemoryWatch watch(boolean inPieces, Reading<URI> address) {
        PlatformProfile.Inference served = new PlatformProfile.Inference(
                "chat",
                WorkloadRef.parse("team-a/deployment/chat"),
                URI.create("http://127.0.0.1:1/v1"),
                "chat",
                Optional.empty(),
                8000,
                new Slo(Duration.ofMillis(250), Duration.ofMillis(40)));
        PodProbe pods = new PodProbe(cluster.connection());
        return new OutOfMemoryWatch(
                new OutOfMemoryWatch.Hit(OBS1, served, "chat-0", "gpu-1", inPieces),
                new OutOfMemoryWatch.Instruments(
                        new CanaryProbe(caller, "7f3a", System::nanoTime),
                        address,
                        new AllocatorProbe(cluster.connection(), new HttpReads(caller), pods),
                        pods),
                (at, event) -> journal.add(event),
                Stamps.ofThisMachine());
    }
}
