package airworthy.mocks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.mocks.alertmanager.AlertmanagerServer;
import airworthy.mocks.alertmanager.AlertmanagerSettings;
import airworthy.mocks.prometheus.DiscoveredTarget;
import airworthy.mocks.prometheus.PrometheusServer;
import airworthy.mocks.prometheus.PrometheusSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From a pod's /metrics to a webhook, both servers over HTTP, in stepped time. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class AlertPipelineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String PROMETHEUS = """
        global: {scrape_interval: 10s, evaluation_interval: 10s, external_labels: {cluster: test}}
        rule_files: [rules.yml]
        alerting: {alertmanagers: []}
        scrape_configs:
          - job_name: pods
            kubernetes_sd_configs: [{role: pod}]
            relabel_configs:
              - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
              - {action: drop, source_labels: [pod], regex: ignored.*}
            metric_relabel_configs:
              - {action: drop, source_labels: [__name__], regex: noise_.*}
              - {source_labels: [shard, pod], regex: "(.+);(.+)", target_label: part, replacement: "$2-$1"}
        """;
    private static final String RULES = """
        groups:
          - name: g
            rules:
              - record: job:depth:sum
                expr: sum by (job) (queue_depth)
              - alert: QueueDeep
                expr: queue_depth > 5
                for: 30s
                labels: {severity: page, where: "{{ $labels.pod }}"}
                annotations: {summary: "{{ $labels.pod }} has {{ $value | humanize }} waiting"}
        """;
    private static final String ALERTMANAGER = """
        route:
          receiver: nobody
          group_by: [alertname]
          group_wait: 5s
          group_interval: 20s
          repeat_interval: 1h
          routes:
            - {matchers: ['severity="page"'], receiver: team}
        receivers:
          - name: nobody
          - name: team
            webhook_configs: [{url: "http://hook.example/in"}]
        """;

    private final SteppedPacer pacer = new SteppedPacer(START);
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger depth = new AtomicInteger(1);
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<DiscoveredTarget> pods = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private URI prometheus = URI.create("http://127.0.0.1/");
    private URI alertmanager = URI.create("http://127.0.0.1/");

    @BeforeEach
    void startEverything() throws IOException {
        RestServer pod = open(RestServer.bind(anyPort()));
        pod.serve(new RestServer.Routes()
                .on(
                        "GET",
                        "/metrics",
                        _ -> Reply.metrics("# TYPE queue_depth gauge\nqueue_depth " + depth
                                + "\nnoise_total 1\nqueue_shard{shard=\"s1\"} 2\nqueue_shard 3\n"))
                .on("POST", "/in", this::receive));
        String address = pod.uri().getAuthority();
        pods.add(DiscoveredTarget.of(Map.of("__address__", address, "__meta_kubernetes_pod_name", "a")));
        pods.add(DiscoveredTarget.of(Map.of("__address__", address, "__meta_kubernetes_pod_name", "ignored-b")));
        UnaryOperator<URI> resolver =
                uri -> "hook.example".equals(uri.getHost()) ? pod.uri().resolve(uri.getPath()) : uri;
        AlertmanagerServer am = open(AlertmanagerServer.start(new AlertmanagerSettings(
                anyPort(), new ConfigFile("alertmanager.yml", ALERTMANAGER), resolver, pacer)));
        alertmanager = am.uri();
        PrometheusServer prom = open(PrometheusServer.start(new PrometheusSettings(
                anyPort(),
                new ConfigFile("prometheus.yml", PROMETHEUS),
                List.of(new ConfigFile("rules.yml", RULES)),
                Optional.of(am.uri()),
                () -> pods,
                resolver,
                pacer,
                1,
                Duration.ofHours(1))));
        prometheus = prom.uri();
    }

    private <T extends AutoCloseable> T open(T server) {
        opened.addFirst(server);
        return server;
    }

    @AfterEach
    void stopEverything() throws Exception {
        for (AutoCloseable server : opened) {
            server.close();
        }
        client.close();
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private Reply receive(Request request) {
        if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return Reply.text(503, "not now");
        }
        try {
            received.add(JSON.readTree(request.body()));
        } catch (IOException e) {
            return Reply.text(400, String.valueOf(e.getMessage()));
        }
        return Reply.text(200, "ok");
    }

    private JsonNode get(URI base, String path) {
        try {
            return JSON.readTree(
                    client.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void raise() {
        depth.set(9);
        pacer.advance(Duration.ofSeconds(50));
        await().until(() -> get(alertmanager, "/api/v2/alerts").size() == 1);
    }

    @Test
    void anAlertWaitsThenFiresThenReachesTheRoutedReceiverThenResolves() {
        pacer.advance(Duration.ofSeconds(10));
        assertThat(get(prometheus, "/api/v1/alerts").at("/data/alerts")).isEmpty();

        depth.set(9);
        pacer.advance(Duration.ofSeconds(20));
        assertThat(get(prometheus, "/api/v1/alerts").at("/data/alerts/0/state").asText())
                .isEqualTo("pending");

        pacer.advance(Duration.ofSeconds(30));
        assertThat(get(prometheus, "/api/v1/rules")
                        .at("/data/groups/0/rules/1/state")
                        .asText())
                .isEqualTo("firing");
        await().until(() -> get(alertmanager, "/api/v2/alerts").size() == 1);
        pacer.advance(Duration.ofSeconds(6));
        assertThat(received).hasSize(1);
        JsonNode firing = received.getFirst();
        assertThat(firing.path("receiver").asText()).isEqualTo("team");
        assertThat(firing.path("status").asText()).isEqualTo("firing");
        assertThat(firing.path("groupKey").asText()).isEqualTo("{}/{severity=\"page\"}:{alertname=\"QueueDeep\"}");
        assertThat(firing.at("/commonLabels/where").asText()).isEqualTo("a");
        assertThat(firing.at("/commonLabels/cluster").asText()).isEqualTo("test");
        assertThat(firing.at("/alerts/0/annotations/summary").asText()).isEqualTo("a has 9 waiting");
        assertThat(firing.at("/alerts/0/endsAt").asText()).isEqualTo("0001-01-01T00:00:00Z");

        depth.set(1);
        pacer.advance(Duration.ofSeconds(14));
        await().until(() -> get(alertmanager, "/api/v2/alerts").isEmpty());
        pacer.advance(Duration.ofSeconds(20));
        assertThat(received).hasSize(2);
        assertThat(received.getLast().path("status").asText()).isEqualTo("resolved");
        assertThat(received.getLast().at("/alerts/0/fingerprint")).isEqualTo(firing.at("/alerts/0/fingerprint"));
    }

    @Test
    void seriesAreRelabelledAfterTheTargetsLabelsAreOnThem() {
        pacer.advance(Duration.ofSeconds(10));

        assertThat(get(prometheus, "/api/v1/query?query=queue_shard").at("/data/result"))
                .extracting(series -> series.at("/metric/part").asText())
                .containsExactlyInAnyOrder("a-s1", "");
        assertThat(get(prometheus, "/api/v1/query?query=noise_total").at("/data/result"))
                .isEmpty();
    }

    @Test
    void aSilencedAlertIsShownAsSuppressedAndNotSent() throws IOException, InterruptedException {
        String silence = """
            {"matchers":[{"name":"alertname","value":"Queue.*","isRegex":true}],
             "startsAt":"2026-01-01T00:00:00Z","endsAt":"2026-01-01T01:00:00Z","createdBy":"t","comment":"c"}\
            """;
        client.send(
                HttpRequest.newBuilder(alertmanager.resolve("/api/v2/silences"))
                        .POST(HttpRequest.BodyPublishers.ofString(silence))
                        .build(),
                BodyHandlers.discarding());
        raise();
        pacer.advance(Duration.ofSeconds(30));
        assertThat(received).isEmpty();
        assertThat(get(alertmanager, "/api/v2/alerts").at("/0/status/state").asText())
                .isEqualTo("suppressed");
        assertThat(get(alertmanager, "/api/v2/alerts?silenced=false")).isEmpty();
    }

    @Test
    void aReceiverThatIsDownForAMomentStillGetsTheNotification() throws IOException, InterruptedException {
        refusals.set(2);
        raise();
        pacer.advance(Duration.ofSeconds(10));
        // each try pauses on a thread of its own, which may ask for its pause only after time was moved on
        for (int steps = 0; received.isEmpty() && steps < 100; steps++) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            pacer.advance(Duration.ofMillis(100));
        }
        assertThat(received).hasSize(1);
        String metrics = client.send(
                        HttpRequest.newBuilder(alertmanager.resolve("/metrics")).build(), BodyHandlers.ofString())
                .body();
        assertThat(metrics)
                .contains("alertmanager_notifications_total{integration=\"webhook\",receiver_name=\"team\"} 1")
                .contains("alertmanager_notifications_failed_total{integration=\"webhook\",receiver_name=\"team\"} 0")
                .contains(
                        "alertmanager_notification_requests_failed_total{integration=\"webhook\",receiver_name=\"team\"}"
                                + " 2");
    }

    @Test
    void seriesEndWhenTheirPodVanishesAndItsNeighbourWasNeverScraped() {
        pacer.advance(Duration.ofSeconds(10));
        assertThat(get(prometheus, "/api/v1/query?query=up").at("/data/result")).hasSize(1);
        assertThat(get(prometheus, "/api/v1/query?query=job:depth:sum")
                        .at("/data/result/0/value/1")
                        .asText())
                .isEqualTo("1");
        pods.clear();
        pacer.advance(Duration.ofSeconds(20));
        await().until(() ->
                get(prometheus, "/api/v1/query?query=up").at("/data/result").isEmpty());
        assertThat(get(prometheus, "/api/v1/query?query=queue_depth").at("/data/result"))
                .isEmpty();
    }

    @Test
    void aQueryOutsideTheSubsetIsRefusedInPrometheusOwnShape() {
        JsonNode answer = get(prometheus, "/api/v1/query?query=deriv(up%5B5m%5D)");
        assertThat(answer.path("status").asText()).isEqualTo("error");
        assertThat(answer.path("errorType").asText()).isEqualTo("bad_data");
        assertThat(answer.path("error").asText()).contains("function \"deriv\" is not in the subset");
    }
}
