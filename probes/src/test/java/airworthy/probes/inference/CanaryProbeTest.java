package airworthy.probes.inference;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static airworthy.probes.stub.Readings.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.RequestOutcome;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryProbeTest {
    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final Duration AMPLE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** Moves on by 10 ms each time that it is read: asking is the first, each line another. */
    private static final Duration TICK = Duration.ofMillis(10);

    private final AtomicLong clock = new AtomicLong();
    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final CanaryProbe probe = new CanaryProbe(caller, "7f3a", () -> clock.addAndGet(TICK.toNanos()));

    @AfterEach
    void close() {
        caller.close();
        server.close();
    }

    @Test
    void timesEachContentEventAndKeepsTheAnswer() throws Exception {
        stream(role(), token("one"), token(" two"), token(" three"), finish(), "[DONE]");

        Canary canary = present(ask(AMPLE));

        assertThat(canary.ending()).isEqualTo(Canary.Ending.COMPLETE);
        assertThat(canary.text()).isEqualTo("one two three");
        assertThat(canary.events()).isEqualTo(3);
        assertThat(canary.pod()).contains("chat-1");
        // An event is a line of data and an empty line: two ticks. The role comes first.
        assertThat(canary.firstToken()).contains(TICK.multipliedBy(3));
        assertThat(canary.medianGap()).contains(TICK.multipliedBy(2));
    }

    @Test
    void asksAlikeEachTimeWithTheTokenGiven() throws Exception {
        AtomicReference<String> authorization = new AtomicReference<>("");
        AtomicReference<String> run = new AtomicReference<>("");
        AtomicReference<String> body = new AtomicReference<>("");
        server.handle(COMPLETIONS, exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            run.set(exchange.getRequestHeaders().getFirst("x-airworthy-run"));
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            StubServer.reply(exchange, 200, "data: [DONE]\n\n");
        });

        present(probe.ask(URI.create(server.base() + "/v1"), "chat", Optional.of("s3cret"), 8, AMPLE));

        JsonNode asked = new ObjectMapper().readTree(body.get());
        assertThat(authorization.get()).isEqualTo("Bearer s3cret");
        assertThat(run.get()).as("known as ours").isEqualTo("7f3a");
        assertThat(asked.path("model").asText()).isEqualTo("chat");
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(8);
        assertThat(asked.path("temperature").asInt(-1)).isZero();
        assertThat(asked.path("stream").asBoolean()).isTrue();
    }

    @Test
    void keepsWhatCameBeforeAHang() throws Exception {
        server.handle(COMPLETIONS, exchange -> {
            begin(exchange);
            send(exchange, token("one"), token(" two"));
            server.hold();
        });

        Canary canary = present(ask(Duration.ofSeconds(3)));

        assertThat(canary.ending()).isEqualTo(Canary.Ending.TIMED_OUT);
        assertThat(canary.text()).isEqualTo("one two");
    }

    @Test
    void tellsACutStreamFromAWholeOne() throws Exception {
        stream(token("one"));

        assertThat(present(ask(AMPLE)).ending()).isEqualTo(Canary.Ending.CUT);
    }

    @Test
    void tellsAnErrorWithinTheStream() throws Exception {
        stream(token("one"), "{\"error\":{\"message\":\"engine dead\"}}", "[DONE]");

        assertThat(present(ask(AMPLE)).ending()).isEqualTo(Canary.Ending.ERROR);
    }

    @Test
    void toleratesEventsWithoutChoices() throws Exception {
        stream("{\"choices\":null}", token("one"), "{\"choices\":[],\"usage\":{}}", "[DONE]");

        Canary canary = present(ask(AMPLE));

        assertThat(canary.ending()).isEqualTo(Canary.Ending.COMPLETE);
        assertThat(canary.medianGap()).isEmpty();
    }

    @Test
    void tellsARefusalWithItsStatus() throws Exception {
        server.answer(COMPLETIONS, 503, "loading model");

        assertThat(unreadable(ask(AMPLE))).contains("POST", "503", "\"loading model\"");
    }

    @Test
    void tellsAModelThatIsNotServedAsAbsent() throws Exception {
        server.answer(COMPLETIONS, 404, "{\"error\":{\"message\":\"The model `chat` does not exist.\"}}");

        assertThat(absent(ask(AMPLE))).contains("404", "does not exist");
    }

    @Test
    void tellsAPageInPlaceOfAStream() throws Exception {
        server.answer(COMPLETIONS, 200, "<html>welcome</html>");

        assertThat(unreadable(ask(AMPLE))).contains("expected server-sent events", "<html>welcome</html>");
    }

    @Test
    void tellsAReplicaThatNeverAnswersAndOneThatIsGone() throws Exception {
        server.hang(COMPLETIONS);

        assertThat(unreadable(ask(SHORT))).contains("no whole answer within 0.3 s");
        assertThat(unreadable(probe.ask(StubServer.refusing(), "chat", Optional.empty(), 8, AMPLE)))
                .contains("connection refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [DONE]                      | OK
        {"choices":[]}              | CUT
        {"error":{"message":"oom"}} | IN_BAND_ERROR
        """)
    void howAStreamEndedIsToldAsForAnyRequestOfALoad(String last, RequestOutcome outcome) throws Exception {
        stream(token("one"), last);

        assertThat(attempt().outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"503, HTTP_5XX", "500, HTTP_5XX", "429, HTTP_429", "404, HTTP_4XX"})
    void aRefusalIsToldWithItsWords(int status, RequestOutcome outcome) throws Exception {
        server.answer(COMPLETIONS, status, "{\"error\":{\"message\":\"out of memory\"}}");

        assertThat(attempt()).isEqualTo(new Attempt(outcome, status + ", {\"error\":{\"message\":\"out of memory\"}}"));
    }

    @Test
    void whatTheApiServerAnswersInPlaceOfTheReplicaIsNoAnswerOfIt() throws Exception {
        server.answer(
                COMPLETIONS,
                503,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"error trying to reach service: EOF\"}");

        assertThat(attempt().outcome()).isEqualTo(RequestOutcome.CONNECT_FAIL);
        assertThat(probe.attempt(StubServer.refusing(), "chat", 8, AMPLE).outcome())
                .isEqualTo(RequestOutcome.CONNECT_FAIL);
    }

    @Test
    void oneThatDoesNotAnswerHasNotFailedYet() throws Exception {
        server.hang(COMPLETIONS);

        assertThat(probe.attempt(URI.create(server.base() + "/v1"), "chat", 8, SHORT)
                        .outcome())
                .isEqualTo(RequestOutcome.TOTAL_TIMEOUT);
    }

    private Attempt attempt() throws InterruptedException {
        return probe.attempt(URI.create(server.base() + "/v1"), "chat", 8, AMPLE);
    }

    @Test
    void endsAtOnceWhenInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.handle(COMPLETIONS, exchange -> {
            begin(exchange);
            asked.countDown();
            server.hold();
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> asking = threads.submit(() -> ask(AMPLE));
            asked.await();
            threads.shutdownNow();

            assertThatThrownBy(asking::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    private Reading<Canary> ask(Duration limit) throws InterruptedException {
        return probe.ask(URI.create(server.base() + "/v1"), "chat", Optional.empty(), 8, limit);
    }

    private void stream(String... events) {
        server.handle(COMPLETIONS, exchange -> {
            begin(exchange);
            send(exchange, events);
            exchange.close();
        });
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("x-inference-pod", "chat-1");
        exchange.sendResponseHeaders(200, 0);
    }

    private static void send(HttpExchange exchange, String... events) throws IOException {
        for (String event : events) {
            exchange.getResponseBody().write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
    }

    private static String role() {
        return "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}";
    }

    private static String token(String text) {
        return "{\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}],\"usage\":null}";
    }

    private static String finish() {
        return "{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}";
    }
}
