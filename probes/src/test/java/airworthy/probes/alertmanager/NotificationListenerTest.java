package airworthy.probes.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.Alert;
import airworthy.model.Event.Notified;
import airworthy.model.Event.SourceUnreadable;
import airworthy.model.Stamp;
import airworthy.probes.Stamps;
import airworthy.probes.stub.Recorded;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationListenerTest {
    private static final String PAYLOAD = """
        {"version":"4","groupKey":"{}:{alertname=\\"Slow\\"}","truncatedAlerts":0,"status":"firing","receiver":"pager",
        "groupLabels":{"alertname":"Slow"},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://am",
        "alerts":[
        {"status":"firing","labels":{"alertname":"Slow","pod":"chat-1"},"annotations":{"summary":"slow"},
        "startsAt":"2026-11-21T10:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"a"},
        {"status":"resolved","labels":{"alertname":"Slow","pod":"chat-0"},"annotations":{},
        "startsAt":"2026-11-21T09:00:00Z","endsAt":"2026-11-21T10:00:00Z","fingerprint":"b"}]}\
        """;

    private final Recorded recorded = new Recorded();
    private final AtomicLong clock = new AtomicLong(42);
    private final NotificationListener listener;

    NotificationListenerTest() throws IOException {
        listener = NotificationListener.start("127.0.0.1:0", new Stamps(clock::get, () -> Instant.EPOCH), recorded);
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void recordsEachAlertOfANotificationAsItArrived() throws Exception {
        assertThat(post(PAYLOAD)).isEqualTo(200);

        assertThat(recorded.events())
                .containsExactly(
                        new Notified(
                                "pager",
                                false,
                                new Alert(Map.of("alertname", "Slow", "pod", "chat-1"), Map.of("summary", "slow"))),
                        new Notified("pager", true, new Alert(Map.of("alertname", "Slow", "pod", "chat-0"), Map.of())));
        assertThat(recorded.stamps()).containsOnly(new Stamp("webhook", 42, Instant.EPOCH, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "<html>",
                "{\"version\":\"3\",\"receiver\":\"a\",\"alerts\":[]}",
                "{\"version\":\"4\",\"alerts\":[]}",
                "{\"version\":\"4\",\"receiver\":\"a\",\"alerts\":[{\"status\":\"odd\"}]}"
            })
    void refusesAndRecordsWhatIsNoNotification(String body) throws Exception {
        assertThat(post(body)).isEqualTo(400);

        assertThat(recorded.events()).singleElement().isInstanceOfSatisfying(SourceUnreadable.class, told -> {
            assertThat(told.what()).isEqualTo("webhook");
            assertThat(told.why()).contains("expected Alertmanager's webhook payload");
        });
    }

    @Test
    void hearsOnlyPosts() throws Exception {
        assertThat(status(request().GET())).isEqualTo(405);
        assertThat(recorded.events()).isEmpty();
    }

    @Test
    void namesAnAddressThatIsTaken() {
        InetSocketAddress taken = listener.address();

        assertThatThrownBy(() ->
                        NotificationListener.start("127.0.0.1:" + taken.getPort(), Stamps.ofThisMachine(), recorded))
                .isInstanceOf(ListenerNotBoundException.class)
                .hasMessageContaining("127.0.0.1:" + taken.getPort())
                .hasMessageContaining("Address already in use")
                .hasMessageContaining("free the port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9911", "host", "127.0.0.1:99999", "a b:1", "nowhere.invalid:9911"})
    void namesAnAddressThatIsNone(String hostPort) {
        assertThatThrownBy(() -> NotificationListener.start(hostPort, Stamps.ofThisMachine(), recorded))
                .isInstanceOf(ListenerNotBoundException.class)
                .hasMessageContaining('"' + hostPort + '"');
    }

    private int post(String body) throws IOException, InterruptedException {
        return status(request().POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + listener.address().getPort() + "/hook"));
    }

    private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
