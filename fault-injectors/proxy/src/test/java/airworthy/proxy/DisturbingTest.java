package airworthy.proxy;

import static airworthy.proxy.Stage.REQUEST;
import static airworthy.proxy.Stage.event;
import static airworthy.proxy.Stage.unmarked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each lever does to a stream or an answer, and to whose. */
class DisturbingTest {

    private static final String WHOLE = """
        {"choices": [{"message": {"role": "assistant", "content": "two plums"}}], "usage": {"total_tokens": 7}}\
        """;

    @Test
    void slowTokensComeAtAMultipleOfTheirGap() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("tokenGapMs", 50);
            stage.pull("tokenDelayFactor", 4);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                for (String word : new String[] {"a", "b", "c", "d"}) {
                    server.chunk(event(word));
                }
                client.chunk();
                long first = System.nanoTime();
                client.chunk();
                client.chunk();
                assertThat(client.chunk()).isEqualTo(event("d"));
                // Three gaps of 200 ms; the first event itself may have been read late by a part of one.
                assertThat((System.nanoTime() - first) / 1_000_000).isGreaterThan(400);
                finish(server, client);
            }
            assertDisturbed(stage, "slow");
        }
    }

    @Test
    void theFirstTokenComesLater() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("firstTokenDelayMs", 300);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                long sent = System.nanoTime();
                server.chunk(event("a")).chunk(event("b"));
                client.chunk();
                assertThat((System.nanoTime() - sent) / 1_000_000).isGreaterThanOrEqualTo(300);
                client.chunk();
                finish(server, client);
            }
            assertDisturbed(stage, "late-first");
        }
    }

    @Test
    void aHangingStreamGoesOnWhenTheLeverIsPutBack() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("hangAfterEvents", 2);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("a")).chunk(event("b")).chunk(event("c"));
                assertThat(client.chunk()).isEqualTo(event("a"));
                assertThat(client.chunk()).isEqualTo(event("b"));
                await().until(() -> stage.metrics().contains("{kind=\"hang\"} 1"));
                stage.pull("hangAfterEvents", 0);
                assertThat(client.chunk()).isEqualTo(event("c"));
                finish(server, client);
            }
        }
    }

    @Test
    void aStreamHangsAlsoBeforeItsEnd() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("hangAfterEvents", 1);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("a")).send("0\r\n\r\n");
                client.chunk();
                await().until(() -> stage.metrics().contains("{kind=\"hang\"} 1"));
                client.hangUp();
                assertThat(server.toTheEnd()).isEmpty();
            }
            assertDisturbed(stage, "hang");
            assertThat(stage.log).singleElement().asString().contains(" client-gone events=1 ");
        }
    }

    @Test
    void aHangEndsWithTheLease() throws Exception {
        try (Stage stage = Stage.open(Instant.now().plusSeconds(2));
                Peer client = stage.client()) {
            stage.pull("hangAfterEvents", 1);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("a")).chunk(event("b"));
                client.chunk();
                assertThat(client.chunk()).isEqualTo(event("b"));
                finish(server, client);
            }
        }
    }

    @Test
    void aStreamIsClosedBeforeItsLastChunk() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("cutAfterEvents", 1);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("a")).chunk(event("b")).send("0\r\n\r\n");
                assertThat(client.chunk()).isEqualTo(event("a"));
                assertThat(client.toTheEnd()).isEmpty();
            }
            assertDisturbed(stage, "cut");
        }
    }

    @Test
    void aStreamIsReset() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("cutByReset", 1);
            stage.pull("cutAfterEvents", 1);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("a"));
                client.chunk();
                server.chunk(event("b"));
                assertThatThrownBy(client::toTheEnd)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }
    }

    @Test
    void anErrorComesAsAnEventAndTheStreamEndsInGoodOrder() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("inBandErrorAfterEvents", 1);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("a")).chunk(event("b"));
                client.chunk();
                assertThat(client.chunk()).startsWith("data: {\"error\": {").endsWith("\n\ndata: [DONE]\n\n");
                assertThat(client.toTheEnd()).isEqualTo("0\r\n\r\n");
                assertThat(server.toTheEnd()).isEmpty();
            }
            assertDisturbed(stage, "in-band-error");
        }
    }

    @Test
    void theWordsOfAStreamAreOthersAndNothingElseIs() throws Exception {
        String usage = "data: {\"choices\": [], \"usage\": {\"completion_tokens\": 2}}\n\n";
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("wrongAnswer", 1);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("plum")).chunk(usage);
                assertThat(client.chunk())
                        .isNotEqualTo(event("plum"))
                        .hasSameSizeAs(event("plum"))
                        .startsWith("data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"");
                assertThat(client.chunk()).isEqualTo(usage);
                finish(server, client);
            }
            assertDisturbed(stage, "wrong-words");
        }
    }

    @Test
    void theWordsOfAWholeAnswerAreOthers() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("wrongAnswer", 1);
            assertThat(ask(stage, client, REQUEST))
                    .isNotEqualTo(WHOLE)
                    .hasSameSizeAs(WHOLE)
                    .endsWith("\"}}], \"usage\": {\"total_tokens\": 7}}");
            assertDisturbed(stage, "wrong-words");
        }
    }

    @Test
    void aWholeAnswerComesLaterAsAWhole() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("firstTokenDelayMs", 300);
            long asked = System.nanoTime();
            assertThat(ask(stage, client, REQUEST)).isEqualTo(WHOLE);
            assertThat((System.nanoTime() - asked) / 1_000_000).isGreaterThanOrEqualTo(300);
            assertDisturbed(stage, "late-first");
        }
    }

    @Test
    void aWholeAnswerIsCut() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            stage.pull("cutAfterEvents", 1);
            client.send(REQUEST);
            server.readTo("{\"prompt\":\"apple\"}");
            server.send(whole());
            client.head();
            assertThat(client.toTheEnd()).isEqualTo(WHOLE.substring(0, WHOLE.length() / 2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void anErrorAnswersAShareOfTheRequests(int status) throws Exception {
        try (Stage stage = Stage.open()) {
            stage.pull("errorShare", 0.5);
            stage.pull("errorStatus", status);
            for (int round = 0; round < 2; round++) {
                try (Peer client = stage.client()) {
                    assertThat(ask(stage, client, REQUEST)).isEqualTo(WHOLE);
                }
                try (Peer client = stage.client();
                        Peer server = stage.server()) {
                    client.send(REQUEST);
                    assertThat(client.toTheEnd())
                            .startsWith("HTTP/1.1 " + status)
                            .contains("\"code\": " + status);
                    assertThat(server.toTheEnd()).isEmpty();
                }
            }
            assertThat(stage.metrics())
                    .contains("airworthy_proxy_requests_total{outcome=\"passed\"} 2")
                    .contains("airworthy_proxy_requests_total{outcome=\"disturbed\"} 2")
                    .contains("airworthy_proxy_disturbed_total{kind=\"refused\"} 2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hangAfterEvents", "cutAfterEvents", "inBandErrorAfterEvents", "wrongAnswer", "errorStatus"})
    void onlyMarkedRequestsAreDisturbed(String lever) throws Exception {
        try (Stage stage = Stage.open()) {
            stage.pull(lever, lever.equals("errorStatus") ? 503 : 1);
            assertPasses(stage, unmarked(REQUEST));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hangAfterEvents", "cutAfterEvents", "inBandErrorAfterEvents", "wrongAnswer", "errorStatus"})
    void afterTheLeaseNothingIsDisturbed(String lever) throws Exception {
        try (Stage stage = Stage.open(Instant.now())) {
            stage.pull(lever, lever.equals("errorStatus") ? 503 : 1);
            assertPasses(stage, REQUEST);
        }
    }

    @Test
    void liveTrafficIsDisturbedWhereItWasAskedFor() throws Exception {
        try (Stage stage = Stage.liveTraffic();
                Peer client = stage.client()) {
            stage.pull("wrongAnswer", 1);
            assertThat(ask(stage, client, unmarked(REQUEST))).isNotEqualTo(WHOLE);
        }
    }

    @Test
    void whatIsNoQuestionToAModelPassesAlsoWhenMarked() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            stage.pull("errorStatus", 503);
            stage.pull("hangAfterEvents", 1);
            client.send("GET /health HTTP/1.1\r\nHost: m\r\n" + Stage.MARKER + "\r\n\r\n");
            server.head();
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void anAnswerThatCannotBeReadIsNotAskedForAndPassesWhereItComes() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            stage.pull("wrongAnswer", 1);
            client.send(REQUEST.replace("Host: model", "Host: model\r\nAccept-Encoding: gzip"));
            assertThat(server.readTo("{\"prompt\":\"apple\"}")).doesNotContainIgnoringCase("accept-encoding");
            server.send("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: " + WHOLE.length() + "\r\n\r\n"
                    + WHOLE);
            client.head();
            assertThat(client.exactly(WHOLE.length())).isEqualTo(WHOLE);
        }
    }

    @Test
    void theLogHoldsNothingOfWhatWasSaid() throws Exception {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            stage.pull("wrongAnswer", 1);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("plum"));
                client.chunk();
                finish(server, client);
            }
            await().until(() -> !stage.log.isEmpty());
            assertThat(stage.log)
                    .singleElement()
                    .asString()
                    .matches("\\S+Z POST /v1/chat/completions 200 complete events=2 bytes=\\d+ ms=\\d+"
                            + " disturbed=wrong-words");
        }
    }

    private static void assertPasses(Stage stage, String request) throws Exception {
        try (Peer client = stage.client()) {
            assertThat(ask(stage, client, request)).isEqualTo(WHOLE);
        }
        try (Peer client = stage.client()) {
            client.send(request);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk(event("a")).chunk(event("b"));
                assertThat(client.chunk()).isEqualTo(event("a"));
                assertThat(client.chunk()).isEqualTo(event("b"));
                finish(server, client);
            }
        }
        await().untilAsserted(() -> assertThat(stage.metrics()).contains("{outcome=\"passed\"} 2"));
        assertThat(stage.metrics()).contains("{outcome=\"disturbed\"} 0");
    }

    private static String ask(Stage stage, Peer client, String request) throws IOException {
        try (Peer server = stage.server()) {
            client.send(request);
            server.readTo("{\"prompt\":\"apple\"}");
            server.send(whole());
            client.head();
            return client.exactly(WHOLE.length());
        }
    }

    private static String whole() {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + WHOLE.length() + "\r\n\r\n"
                + WHOLE;
    }

    private static void finish(Peer server, Peer client) throws IOException {
        server.chunk("data: [DONE]\n\n").send("0\r\n\r\n");
        assertThat(client.chunk()).isEqualTo("data: [DONE]\n\n");
        assertThat(client.readTo("0\r\n\r\n")).isEqualTo("0\r\n\r\n");
    }

    private static void assertDisturbed(Stage stage, String kind) {
        await().untilAsserted(() -> assertThat(stage.metrics())
                .contains("airworthy_proxy_requests_total{outcome=\"disturbed\"} 1")
                .contains("airworthy_proxy_disturbed_total{kind=\"" + kind + "\"} 1"));
    }
}
