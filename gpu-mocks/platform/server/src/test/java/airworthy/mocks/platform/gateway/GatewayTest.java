package airworthy.mocks.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import airworthy.mocks.inference.Lever;
import airworthy.mocks.inference.ModelServer;
import airworthy.mocks.inference.ModelServerSettings;
import airworthy.mocks.inference.PodIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

    /** The beginning of a chunked answer that never ends. */
    private static final String CUT = """
        HTTP/1.1 200 OK\r
        content-type: text/event-stream\r
        transfer-encoding: chunked\r
        \r
        a\r
        data: {}

        \r
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Replica> replicas = new CopyOnWriteArrayList<>();
    private final AccessLog accessLog = new AccessLog();
    private Gateway gateway = gateway(GatewayConfigTest.YAML);

    @BeforeEach
    void startThreeReplicas() throws IOException {
        for (int i = 0; i < 3; i++) {
            ModelServer server = ModelServer.start(
                    ModelServerSettings.of(loopback(), "chat", new PodIdentity("team-a", "chat-" + i)));
            open.add(server);
            replicas.add(new Replica(
                    "team-a",
                    "chat-" + i,
                    new InetSocketAddress(server.uri().getHost(), server.uri().getPort())));
        }
    }

    @AfterEach
    void close() throws Exception {
        gateway.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void passesAStreamWithItsHeadersAndLogsIt() throws Exception {
        HttpResponse<String> answer = chat("key-a", 5);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        assertThat(answer.headers().firstValue("x-inference-pod"))
                .hasValueSatisfying(pod -> assertThat(pod).startsWith("chat-"));
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        await().untilAsserted(() -> assertThat(accessLog.text())
                .contains("\"tenant\":\"team-a\",\"model\":\"chat\",\"replica\":\"chat-")
                .contains("\"decision\":\"routed\",\"status\":200,\"promptTokens\":2,\"completionTokens\":5"));
        assertThat(get("/metrics")).contains("gateway_requests_total{tenant=\"team-a\",model=\"chat\",code=\"200\"} 1");
    }

    @Test
    void passesAWholeAnswer() throws Exception {
        HttpResponse<String> answer = post("key-a", body("chat", 5, false));

        assertThat(answer.body()).contains("\"finish_reason\":\"length\"");
        assertThat(answer.headers().firstValueAsLong("content-length")).isPresent();
        await().untilAsserted(() -> assertThat(accessLog.text()).contains("\"completionTokens\":5"));
    }

    @Test
    void refusesUnknownKeysForeignModelsAndUnknownModels() throws Exception {
        assertThat(post("stolen", body("chat", 5, true)).statusCode()).isEqualTo(401);
        assertThat(post("stolen", body("chat", 5, true)).body()).contains("invalid_api_key");
        assertThat(post("key-b", body("chat", 5, true)).statusCode()).isEqualTo(403);
        assertThat(post("key-a", body("nothing", 5, true)).statusCode()).isEqualTo(404);
        assertThat(post("key-a", "{").statusCode()).isEqualTo(400);
    }

    /** Long enough a window that none ends in the middle of the test, wherever in it the test begins. */
    @Test
    void whoHasSpentItsTokensIsToldWhenToComeBackAndNobodyElseIs() throws Exception {
        gateway.close();
        gateway = gateway(GatewayConfigTest.YAML + "budgets: [{ of: [team-a], tokens: 5, per: 100000m }]\n");

        assertThat(chat("key-a", 5).statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(get("/metrics"))
                .contains("gateway_budget_spent{tenant=\"team-a\"} 7")
                .contains("gateway_budget_refusals_total{tenant=\"team-a\"} 0"));

        HttpResponse<String> refused = chat("key-a", 5);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("retry-after").orElse(0)).isPositive();
        assertThat(refused.body()).contains("token_budget_spent");
        assertThat(post("key-b", body("summarise", 5, true)).statusCode())
                .as("another tenant goes on, to a model without replicas")
                .isEqualTo(503);
        await().untilAsserted(() -> assertThat(accessLog.text())
                .contains("\"decision\":\"over-budget\",\"status\":429,\"promptTokens\":0"));
        assertThat(get("/metrics")).contains("gateway_budget_refusals_total{tenant=\"team-a\"} 1");
    }

    @Test
    void streamsThatAreNotMeteredCostNothing() throws Exception {
        gateway.close();
        gateway = gateway(GatewayConfigTest.YAML
                + "budgets: [{ of: [team-a], tokens: 5, per: 100000m }]\nmetering: { streams: false }\n");

        chat("key-a", 5);
        await().untilAsserted(() -> assertThat(accessLog.text())
                .contains("\"decision\":\"routed\",\"status\":200,\"promptTokens\":0,\"completionTokens\":0"));
        assertThat(chat("key-a", 5).statusCode()).isEqualTo(200);
    }

    @Test
    void countsBadKeysByWhereTheyComeFromAndRecordsWhoAsksForModels() throws Exception {
        post("stolen", body("chat", 5, true));

        await().untilAsserted(() -> assertThat(get("/metrics"))
                .contains("gateway_bad_keys_total{client=\"127.0.0.1\",reason=\"unknown\"} 1"));
        http.send(
                HttpRequest.newBuilder(URI.create(gateway.uri() + "/models"))
                        .header("Authorization", "Bearer key-a")
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        await().untilAsserted(() -> assertThat(accessLog.text())
                .contains("\"client\":\"127.0.0.1\",\"tenant\":\"team-a\",\"model\":\"\"")
                .contains("\"decision\":\"answered\",\"status\":200"));
    }

    @Test
    void saysSoWhenNoReplicaIsReady() throws Exception {
        HttpResponse<String> answer = post("key-b", body("summarise", 5, true));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("No replica of the model `summarise` is ready");
    }

    @Test
    void triesAnotherReplicaWhenOneTakesNoConnection() throws Exception {
        replicas.removeLast();
        replicas.set(0, new Replica("team-a", "gone", closedPort()));

        for (int i = 0; i < 4; i++) {
            assertThat(chat("key-a", 2).headers().firstValue("x-inference-pod")).contains("chat-1");
        }
    }

    @Test
    void passesOnWhatTheTenantSentButItsKey() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        replicas.clear();
        replicas.add(new Replica("team-a", "rude", rude(heads::add, "")));

        http.send(
                HttpRequest.newBuilder(request("key-a", body("chat", 2, true)), (name, value) -> true)
                        .header("X-Airworthy-Run", "r1")
                        .build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(heads.take())
                .containsIgnoringCase("\r\nx-airworthy-run: r1\r\n")
                .doesNotContainIgnoringCase("authorization")
                .doesNotContain("key-a");
    }

    @Test
    void neverSendsARequestTwice() throws Exception {
        AtomicInteger received = new AtomicInteger();
        replicas.clear();
        replicas.add(new Replica("team-a", "rude-0", rude(head -> received.incrementAndGet(), "")));
        replicas.add(new Replica("team-a", "rude-1", rude(head -> received.incrementAndGet(), "")));

        assertThat(chat("key-a", 2).statusCode()).isEqualTo(502);
        assertThat(received).hasValue(1);
    }

    @Test
    void doesNotMakeACutAnswerLookComplete() throws Exception {
        replicas.clear();
        replicas.add(new Replica(
                "team-a",
                "rude",
                rude(
                        head -> {},
                        CUT
                                + "content-type: text/event-stream\r\n"
                                + "transfer-encoding: chunked\r\n\r\n"
                                + "9\r\n"
                                + "data: {}\n\r\n")));

        assertThatThrownBy(() -> chat("key-a", 2)).isInstanceOf(IOException.class);
        await().untilAsserted(() -> assertThat(accessLog.text()).contains("\"decision\":\"cut\""));
    }

    @Test
    void endsTheBackEndsWorkWhenTheClientLeaves() throws Exception {
        HttpResponse<InputStream> answer =
                http.send(request("key-a", body("chat", 3000, true)), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().read();
        answer.body().close();

        await().untilAsserted(() -> assertThat(accessLog.text()).contains("\"decision\":\"client-gone\""));
        URI metrics = replicaUri(answer.headers().firstValue("x-inference-pod").orElseThrow(), "/metrics");
        await().untilAsserted(() -> assertThat(
                        http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                                .body())
                .contains("finished_reason=\"abort\"} 1"));
    }

    @Test
    void leavesASlowReplicaAndTakesItBackWhenItIsWell() throws Exception {
        try (Traffic traffic = new Traffic()) {
            await().until(() -> traffic.podsOfLast(12).containsAll(List.of("chat-0", "chat-1", "chat-2")));

            pull("chat-1", 20);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(get("/metrics"))
                            .contains("gateway_replica_ejected{namespace=\"team-a\",pod=\"chat-1\"} 1"));
            await().until(() -> !traffic.podsOfLast(40).contains("chat-1"));

            pull("chat-1", 1);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> traffic.podsOfLast(12).contains("chat-1"));
            assertThat(traffic.failed).isFalse();
        }
    }

    @Test
    void ignoresLatencyWhenTurnsAreConfigured() throws Exception {
        gateway.close();
        gateway = gateway(GatewayConfigTest.YAML.replace("least-latency", "round-robin"));
        pull("chat-1", 20);

        List<String> pods = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pods.add(chat("key-a", 12).headers().firstValue("x-inference-pod").orElseThrow());
        }

        assertThat(pods).filteredOn("chat-1"::equals).hasSize(4);
    }

    /** Six clients that ask again and again. */
    private final class Traffic implements AutoCloseable {

        private final List<String> pods = new CopyOnWriteArrayList<>();
        private final AtomicBoolean failed = new AtomicBoolean();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        Traffic() {
            for (int i = 0; i < 6; i++) {
                threads.execute(this::ask);
            }
        }

        private void ask() {
            try {
                while (!stopped.get()) {
                    HttpResponse<String> answer = chat("key-a", 20);
                    failed.compareAndSet(false, !answer.body().endsWith("[DONE]\n\n"));
                    pods.add(answer.headers().firstValue("x-inference-pod").orElse("none"));
                }
            } catch (IOException e) {
                failed.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        List<String> podsOfLast(int count) {
            List<String> all = List.copyOf(pods);
            return all.subList(Math.max(0, all.size() - count), all.size());
        }

        @Override
        public void close() {
            stopped.set(true);
            threads.close();
        }
    }

    private HttpResponse<String> chat(String key, int tokens) throws IOException, InterruptedException {
        return post(key, body("chat", tokens, true));
    }

    private static String body(String model, int tokens, boolean stream) {
        return """
            {"model": "%s", "max_tokens": %d, "stream": %s, "stream_options": {"include_usage": true},
             "messages": [{"role": "user", "content": "hello there"}]}\
            """.formatted(model, tokens, stream);
    }

    private HttpResponse<String> post(String key, String body) throws IOException, InterruptedException {
        return http.send(request(key, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String key, String body) {
        return HttpRequest.newBuilder(URI.create(gateway.uri() + "/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(gateway.uri().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void pull(String pod, double factor) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(replicaUri(pod, "/admin/levers/" + Lever.TOKEN_DELAY_FACTOR.key()))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"value\": " + factor + "}"))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private URI replicaUri(String pod, String path) {
        InetSocketAddress address = replicas.stream()
                .filter(replica -> replica.pod().equals(pod))
                .findFirst()
                .orElseThrow()
                .address();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort() + path);
    }

    /** A replica that reads the head of a request, says something and hangs up. */
    private InetSocketAddress rude(Consumer<String> heads, String answer) throws IOException {
        ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        open.add(listener);
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    byte[] request = new byte[4096];
                    int count = socket.getInputStream().read(request);
                    heads.accept(new String(request, 0, count, StandardCharsets.US_ASCII));
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    return;
                }
            }
        });
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        }
    }

    private Gateway gateway(String yaml) {
        try {
            return Gateway.start(
                    loopback(),
                    GatewayConfig.read("gateway.yaml", yaml),
                    Map.of("key-a", "team-a", "key-b", "team-b"),
                    service -> service.equals("team-a/chat") ? replicas : List.of(),
                    InstantSource.system(),
                    accessLog);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
