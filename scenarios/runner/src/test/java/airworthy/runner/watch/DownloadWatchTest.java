package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.model.Share;
import airworthy.model.Target;
import airworthy.probes.Stamps;
import airworthy.probes.artefact.DownloadProbe;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.runner.ToyCluster;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadWatchTest {
    private static final String CUT =
            "{\"path\": \"/m\", \"told\": 100, \"sent\": 60, \"by\": \"x\", \"ending\": \"ours\"}";

    private final ToyCluster cluster = new ToyCluster();
    private final HttpCaller caller = new HttpCaller(new Names(Map.of()), Limits.standard());
    private final List<Event> journal = new CopyOnWriteArrayList<>();
    private final HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private volatile String downloads = "";
    private final DownloadWatch watch;

    DownloadWatchTest() throws IOException {
        proxy.createContext("/admin/downloads", exchange -> {
            try (exchange) {
                byte[] body = ("{\"downloads\": [" + downloads + "]}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        proxy.start();
        watch = new DownloadWatch(
                new DownloadWatch.Hit(
                        new ScenarioId("SRV-2"),
                        new Fault.TruncatedDownload(new Share(0.6)),
                        "team-a",
                        new Target.Twin("chat-x", "chat-x", "aw-1"),
                        URI.create("http://127.0.0.1:" + proxy.getAddress().getPort() + "/admin/downloads")),
                new DownloadProbe(new HttpReads(caller)),
                new PodProbe(cluster.connection()),
                (at, event) -> journal.add(event),
                Stamps.ofThisMachine());
    }

    @AfterEach
    void close() {
        watch.close();
        proxy.stop(0);
        caller.close();
        cluster.close();
    }

    @Test
    void aCopyThatAskedForNothingDownloadedNothing() throws Exception {
        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isFalse();
        assertThat(seen.how()).startsWith("not downloaded: chat-x asked the store for nothing");
    }

    @Test
    void whatWasCutShortHolds() throws Exception {
        downloads = CUT + "," + CUT;

        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isTrue();
        assertThat(seen.layer()).isEqualTo(Layer.WORKLOAD);
        assertThat(seen.how()).contains("sent 60 of 100 bytes of /m to the copy, 2 times up to now");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"told\": 100, \"sent\": 100, \"by\": \"-\", \"ending\": \"complete\" | was sent whole (100 bytes)",
                "\"sent\": 60, \"by\": \"-\", \"ending\": \"complete\" | the store told no length",
            })
    void oneThatCameWholeIsTheEndOfIt(String other, String how) throws Exception {
        downloads = CUT + ", {\"path\": \"/m\", " + other + "}";

        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isFalse();
        assertThat(seen.how()).contains(how);
    }

    @Test
    void oneThatIsUnderWayTellsNothingYet() throws Exception {
        downloads = CUT.replace("ours", "open");

        assertThat(watch.look().holds()).isFalse();
        assertThat(watch.look().how()).contains("of 1 downloads none has come to its end");
    }

    @Test
    void aProxyThatIsNotHeardProvesNothing() throws Exception {
        proxy.stop(0);

        assertThat(watch.look().holds()).isFalse();
        assertThat(watch.look().how()).contains("the proxy was not heard");
    }

    @Test
    void thePodsOfTheCopyAreJournalledWhenTheyChangeAndAtEachLook() throws Exception {
        watch.before();
        cluster.pods(labelled(ToyCluster.pod("chat-x-0", false, "")), ToyCluster.pod("chat-0", true, ""));

        await().until(() -> journal.stream()
                .anyMatch(event -> event instanceof Event.TwinSeen twin
                        && twin.pods().size() == 1
                        && twin.pods().getFirst().name().equals("chat-x-0")
                        && twin.pods().getFirst().condition() == Event.PodCondition.NOT_READY));
        watch.close();
        int before = journal.size();
        watch.look();
        assertThat(journal).hasSize(before + 1);
    }

    private static String labelled(String pod) {
        return pod.replaceFirst("\"metadata\": ?\\{", "\"metadata\": {\"labels\": {\"airworthy/part\": \"chat-x\"}, ");
    }
}
