package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which an answer can end gets its one outcome, and each request is sent once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultMatrixTest {

    private static final int REQUESTS = 8;
    private static final Duration FIRST_TOKEN = Duration.ofMillis(400);
    private static final Duration STALL = Duration.ofMillis(300);
    private static final Duration TOTAL = Duration.ofMillis(900);

    private static final Map<String, FaultServer.Behaviour> BEHAVIOURS = Map.ofEntries(
            Map.entry("whole", reply -> whole(reply)),
            Map.entry("split", reply -> split(reply)),
            Map.entry("together", reply -> together(reply)),
            Map.entry(
                    "no-end-mark",
                    reply -> reply.stream().role().token().finish().end()),
            Map.entry(
                    "hang-after-end-mark",
                    reply -> reply.stream().token().finish().done().hang()),
            Map.entry("bad-request", reply -> reply.refuse("400 Bad Request", "", "{\"error\":\"no such field\"}")),
            Map.entry("redirect", reply -> reply.refuse("302 Found", "Location: /login\r\n", "")),
            Map.entry("throttled", reply -> reply.refuse("429 Too Many Requests", "Retry-After: 7\r\n", "{}")),
            Map.entry("unavailable", reply -> reply.refuse("503 Service Unavailable", "", "no healthy upstream")),
            Map.entry("refusal-hangs", reply -> {
                reply.raw("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100\r\n\r\nno");
                reply.hang();
            }),
            Map.entry("in-band", reply -> {
                reply.stream().token().chunk("data: {\"error\":{\"message\":\"engine died\",\"code\":500}}\n\n");
                reply.done().end();
            }),
            Map.entry(
                    "garbled",
                    reply -> reply.stream()
                            .token()
                            .chunk("data: {\"choi\n\n")
                            .done()
                            .end()),
            Map.entry(
                    "truncated", reply -> reply.stream().role().token().token().end()),
            Map.entry("web-page", reply -> reply.refuse("200 OK", "", "<html>sign in</html>")),
            Map.entry("cut", reply -> reply.stream().token().token().breakOff()),
            Map.entry("reset", reply -> reply.stream().token().token().reset()),
            Map.entry("dies-unanswered", reply -> reply.breakOff()),
            Map.entry("second-dies", reply -> secondDies(reply)),
            Map.entry("never-answers", FaultServer.Reply::hang),
            Map.entry("role-only", reply -> reply.stream().role().hang()),
            Map.entry("stalls", reply -> reply.stream().token().token().hang()),
            Map.entry("endless", reply -> endless(reply)));

    /** What a stream of requests came to: the client's records, and what the server was sent. */
    private record Sent(List<RequestRecord> records, int requests) {}

    private final GatlingEngine engine;

    FaultMatrixTest(@TempDir Path folder) throws IOException, InterruptedException {
        this.engine = GatlingEngine.start(folder.resolve("requests.jsonl"), 100);
    }

    @AfterAll
    void end() throws IOException {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({
        "whole, OK",
        "split, OK",
        "together, OK",
        "no-end-mark, OK",
        "hang-after-end-mark, OK",
        "bad-request, HTTP_4XX",
        "redirect, HTTP_4XX",
        "throttled, HTTP_429",
        "unavailable, HTTP_5XX",
        "refusal-hangs, HTTP_5XX",
        "in-band, IN_BAND_ERROR",
        "garbled, IN_BAND_ERROR",
        "truncated, TRUNCATED_CLEAN",
        "web-page, TRUNCATED_CLEAN",
        "cut, CUT",
        "reset, CUT",
        "dies-unanswered, CONNECT_FAIL",
        "never-answers, FIRST_TOKEN_TIMEOUT",
        "role-only, FIRST_TOKEN_TIMEOUT",
        "stalls, STALL_TIMEOUT",
        "endless, TOTAL_TIMEOUT",
    })
    void givesEachEndingItsOneOutcomeAndSendsEachRequestOnce(String model, RequestOutcome expected)
            throws IOException, InterruptedException {
        Sent sent = send(model);

        assertThat(sent.records()).extracting(RequestRecord::outcome).containsOnly(expected);
        assertThat(sent.records()).extracting(RequestRecord::number).doesNotHaveDuplicates();
        assertThat(sent.requests()).isEqualTo(sent.records().size());
    }

    @Test
    void stampsEveryStepOfAWholeAnswerInOrder() throws IOException, InterruptedException {
        for (RequestRecord request : send("whole").records()) {
            assertThat(List.of(
                            request.intendedNs(),
                            request.startNs().orElseThrow(),
                            request.writeNs().orElseThrow(),
                            request.headersNs().orElseThrow(),
                            request.contentNs().getFirst(),
                            request.contentNs().getLast(),
                            request.endNs()))
                    .isSorted();
            assertThat(request.contentNs())
                    .as("role, finish and usage are no content")
                    .hasSize(3);
            assertThat(request.completionTokens()).isEqualTo(OptionalInt.of(3));
            assertThat(request.replica()).contains("replica-7");
            assertThat(request.status()).isEqualTo(OptionalInt.of(200));
        }
    }

    @ParameterizedTest
    @CsvSource({"split, 3", "together, 3"})
    void countsEventsHoweverTheyAreCutIntoChunks(String model, int contents) throws IOException, InterruptedException {
        assertThat(send(model).records())
                .allSatisfy(request -> assertThat(request.contentNs()).hasSize(contents));
    }

    @ParameterizedTest
    @CsvSource({
        "bad-request, no such field",
        "throttled, Retry-After: 7",
        "unavailable, no healthy upstream",
        "in-band, engine died",
        "dies-unanswered, Premature close",
    })
    void keepsWhatTheRefusalSaid(String model, String words) throws IOException, InterruptedException {
        assertThat(send(model).records())
                .allSatisfy(request -> assertThat(request.detail()).contains(words));
    }

    @Test
    void takesAClosedPortForAFailedConnection() throws IOException, InterruptedException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
        }

        List<RequestRecord> records = send("whole", nobody);

        assertThat(records).extracting(RequestRecord::outcome).containsOnly(RequestOutcome.CONNECT_FAIL);
        assertThat(records).allSatisfy(request -> assertThat(request.writeNs()).isEmpty());
    }

    @Test
    void cancelsWhatOutlivesTheGraceOfAStop() throws IOException, InterruptedException {
        Heard heard = new Heard();
        Duration patient = Duration.ofMinutes(1);
        try (FaultServer server = new FaultServer(BEHAVIOURS)) {
            engine.start(
                    order("cancelled", "never-answers", server.url(), new Timeouts(patient, patient, patient)),
                    System.nanoTime(),
                    heard);
            await().until(() -> heard.scheduledCount() >= REQUESTS);

            long requests = engine.stop("cancelled", Duration.ofMillis(20));

            assertThat(heard.records()).hasSize((int) requests);
            assertThat(heard.records()).extracting(RequestRecord::outcome).containsOnly(RequestOutcome.CANCELLED);
        }
    }

    @Test
    void doesNotSendAgainWhenAPooledConnectionBreaksBeforeTheResponse() throws IOException, InterruptedException {
        Sent sent = send("second-dies");

        assertThat(sent.records())
                .extracting(RequestRecord::outcome)
                .contains(RequestOutcome.OK, RequestOutcome.CONNECT_FAIL);
        assertThat(sent.records())
                .filteredOn(request -> request.outcome() == RequestOutcome.CONNECT_FAIL)
                .allSatisfy(request -> assertThat(request.detail()).contains("not sent again"));
        assertThat(sent.requests()).isEqualTo(sent.records().size());
    }

    private Sent send(String model) throws IOException, InterruptedException {
        try (FaultServer server = new FaultServer(BEHAVIOURS)) {
            List<RequestRecord> records = send(model, server.url());
            return new Sent(records, server.requests());
        }
    }

    private List<RequestRecord> send(String model, URI url) throws IOException, InterruptedException {
        Heard heard = new Heard();
        StreamOrder order = order(url + " " + model, model, url, new Timeouts(FIRST_TOKEN, STALL, TOTAL));
        engine.start(order, System.nanoTime(), heard);
        await().pollInterval(Duration.ofMillis(10)).until(() -> heard.scheduledCount() >= REQUESTS);
        engine.stop(order.stream(), TOTAL.multipliedBy(3));
        return heard.records();
    }

    private static StreamOrder order(String stream, String model, URI url, Timeouts timeouts) {
        return new StreamOrder(
                stream,
                url,
                model,
                Optional.empty(),
                Optional.empty(),
                Optional.of("x-pod"),
                40,
                1,
                "chat",
                timeouts,
                8);
    }

    private static void whole(FaultServer.Reply reply) throws IOException {
        reply.stream().role().token().token().token().finish().usage(3).done().end();
    }

    /** Every byte of the body comes in a chunk of its own. */
    private static void split(FaultServer.Reply reply) throws IOException {
        String token = "data: {\"choices\":[{\"delta\":{\"content\":\"\u00e4\"}}]}\r\n\r\n";
        String body = ": comment\n\n" + token.repeat(3)
                + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n";
        reply.stream();
        for (int i = 0; i < body.length(); i++) {
            reply.chunk(body.substring(i, i + 1));
        }
        reply.end();
    }

    /** All events come in one chunk. */
    private static void together(FaultServer.Reply reply) throws IOException {
        String token = "data:{\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n";
        reply.stream().chunk(token.repeat(3) + "data: [DONE]\n\n").end();
    }

    /** Answers the first request of each connection and breaks off at the second. */
    private static void secondDies(FaultServer.Reply reply) throws IOException {
        if (reply.firstOfConnection()) {
            whole(reply);
        } else {
            reply.breakOff();
        }
    }

    /** Never stalls and never ends. */
    private static void endless(FaultServer.Reply reply) throws IOException, InterruptedException {
        reply.stream();
        while (true) {
            reply.token();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
