package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.mocks.inference.Client.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelServerTest {

    private static final PodIdentity POD = new PodIdentity("team-a", "chat-1");

    private ModelServer server = start(settings());
    private Client client = new Client(server);

    @BeforeEach
    void isUp() throws IOException, InterruptedException {
        assertThat(client.get("/health").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void streamsRoleContentFinishUsageAndDone() throws Exception {
        Stream answer = client.stream(Client.chat(5, true));

        List<String> events = answer.events();
        assertThat(events).hasSize(1 + 5 + 1 + 1 + 1);
        JsonNode first = Client.json(events.getFirst());
        assertThat(first.at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(first.at("/object").asText()).isEqualTo("chat.completion.chunk");
        assertThat(Client.json(events.get(6)).at("/choices/0/finish_reason").asText())
                .isEqualTo("length");
        JsonNode usage = Client.json(events.get(7));
        assertThat(usage.path("choices").isEmpty()).isTrue();
        assertThat(usage.at("/usage/prompt_tokens").asInt()).isEqualTo(5);
        assertThat(usage.at("/usage/completion_tokens").asInt()).isEqualTo(5);
        assertThat(events.get(8)).isEqualTo("[DONE]");
    }

    @Test
    void givesTheKnownAnswerStreamedAndWhole() throws Exception {
        String known = String.join("", Answers.tokens("chat", "how far is the moon", 9));

        JsonNode whole = Client.json(
                client.post("/v1/chat/completions", Client.chat(9, false)).body());

        assertThat(client.stream(Client.chat(9, true)).text()).isEqualTo(known);
        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo(known);
        assertThat(whole.at("/usage/total_tokens").asInt()).isEqualTo(14);
    }

    @Test
    void tellsItsPodInHeadersBeforeTheFirstToken() throws Exception {
        client.pull(Lever.FIRST_TOKEN_DELAY_FACTOR, 10);
        HttpResponse<InputStream> response = client.send(
                "POST", "/v1/chat/completions", Client.chat(2, true), HttpResponse.BodyHandlers.ofInputStream());
        Stream answer = client.stream(Client.chat(2, true));
        response.body().close();

        assertThat(response.headers().firstValue("x-inference-pod")).contains("chat-1");
        assertThat(response.headers().firstValue("x-inference-namespace")).contains("team-a");
        assertThat(answer.stamps().getFirst() - answer.headers())
                .isGreaterThan(Duration.ofMillis(200).toNanos());
    }

    @Test
    void slowsARunningStreamFromTheNextToken() throws Exception {
        client.pull(Lever.HANG_AFTER_TOKENS, 10);
        AtomicLong slowed = new AtomicLong();

        Stream answer = client.stream(Client.chat(20, true), events -> {
            if (events == 11) {
                slowed.set(slowQuietly(20));
            }
        });

        long ten = answer.stamps().getLast() - slowed.get();
        assertThat(ten).isGreaterThanOrEqualTo(10 * Timing.FAST.gap().toNanos() * 20);
        assertThat(answer.stamps().get(10) - answer.stamps().getFirst()).isLessThan(ten);
    }

    @Test
    void measuresWhatALeverDidWithoutBeingTold() throws Exception {
        client.pull(Lever.TOKEN_DELAY_FACTOR, 20);
        client.stream(Client.chat(4, true));

        String metrics = client.get("/metrics").body();

        String labels = "{engine=\"0\",model_name=\"chat\",le=\"%s\"}";
        assertThat(metrics)
                .contains("vllm:inter_token_latency_seconds_bucket" + labels.formatted("0.05") + " 0\n")
                .contains("vllm:inter_token_latency_seconds_bucket" + labels.formatted("+Inf") + " 3\n")
                .contains("vllm:generation_tokens_total{engine=\"0\",model_name=\"chat\"} 4\n")
                .contains("vllm:prompt_tokens_total{engine=\"0\",model_name=\"chat\"} 5\n")
                .contains(
                        "vllm:request_success_total{engine=\"0\",model_name=\"chat\",finished_reason=\"length\"} 1\n");
    }

    @Test
    void hangsAndGoesOnWhenReleased() throws Exception {
        client.pull(Lever.HANG_AFTER_TOKENS, 3);
        CountDownLatch third = new CountDownLatch(4);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Stream> answer =
                    threads.submit(() -> client.stream(Client.chat(6, true), events -> third.countDown()));
            third.await();
            assertThat(client.get("/metrics").body())
                    .contains("vllm:num_requests_running{engine=\"0\",model_name=\"chat\"} 1.0");
            assertThat(answer.isDone()).isFalse();
            client.pull(Lever.HANG_AFTER_TOKENS, 0);
            assertThat(answer.get().events()).hasSize(10);
        }
    }

    @Test
    void countsAClientThatLeavesAsAborted() throws Exception {
        String body = Client.chat(1000, true);
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(client.get("/metrics").body())
                        .contains("finished_reason=\"abort\"} 1\n")
                        .contains("vllm:num_requests_running{engine=\"0\",model_name=\"chat\"} 0.0"));
    }

    @Test
    void queuesWhatExceedsItsConcurrency() throws Exception {
        try (ModelServer narrow = start(settings().withMaxNumSeqs(1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Client crowd = new Client(narrow);
            Future<Stream> first = threads.submit(() -> crowd.stream(Client.chat(50, true)));
            Future<Stream> second = threads.submit(() -> crowd.stream(Client.chat(50, true)));
            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(crowd.get("/metrics").body())
                            .contains("vllm:num_requests_waiting{engine=\"0\",model_name=\"chat\"} 1.0"));
            assertThat(overlap(first.get(), second.get())).isFalse();
        }
    }

    @Test
    void refusesInOpenAiErrorBodies() throws Exception {
        HttpResponse<String> unknown = client.post(
                "/v1/chat/completions",
                "{\"model\": \"other\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}");
        HttpResponse<String> garbled = client.post("/v1/chat/completions", "{");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Client.json(unknown.body()).at("/error/type").asText()).isEqualTo("NotFoundError");
        assertThat(garbled.statusCode()).isEqualTo(400);
        assertThat(client.post("/v1/chat/completions", Client.chat(0, true)).statusCode())
                .isEqualTo(400);
        assertThat(client.get("/v1/chat/completions").statusCode()).isEqualTo(405);
    }

    @Test
    void movesALeverOnlyFromWhereItIsBelievedToStand() throws Exception {
        String path = "/admin/levers/tokenDelayFactor";

        assertThat(client.put(path, "{\"value\": 20, \"expect\": 1.0}").statusCode())
                .isEqualTo(200);
        HttpResponse<String> stale = client.put(path, "{\"value\": 1, \"expect\": 5}");

        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(Client.json(stale.body()).path("value").asDouble()).isEqualTo(20);
        assertThat(Client.json(client.get("/admin/levers").body())
                        .path("tokenDelayFactor")
                        .asDouble())
                .isEqualTo(20);
        assertThat(client.put("/admin/levers/unknown", "{\"value\": 1}").statusCode())
                .isEqualTo(404);
        assertThat(client.put(path, "{\"value\": -1}").body()).contains("expected a number from");
        assertThat(client.put(path, "{\"value\": \"x\"}").statusCode()).isEqualTo(400);
    }

    /** Slows a hanging answer and lets it go on; returns when. */
    private long slowQuietly(double factor) {
        try {
            client.pull(Lever.TOKEN_DELAY_FACTOR, factor);
            long now = System.nanoTime();
            client.pull(Lever.HANG_AFTER_TOKENS, 0);
            return now;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean overlap(Stream one, Stream other) {
        return one.stamps().getFirst() < other.stamps().getLast()
                && other.stamps().getFirst() < one.stamps().getLast();
    }

    private static ModelServerSettings settings() {
        return ModelServerSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "chat", POD);
    }

    private static ModelServer start(ModelServerSettings settings) {
        try {
            return ModelServer.start(settings);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
