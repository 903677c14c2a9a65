package airworthy.proxy;

import static airworthy.proxy.Stage.REQUEST;
import static airworthy.proxy.Stage.event;
import static airworthy.proxy.Stage.unmarked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes through while no lever is pulled: everything, as it comes, and ends as it ended. */
class PassingTest {

    private static final String OTHERS = unmarked(REQUEST);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestAndItsAnswerAreTheSameBytes(boolean marked) throws IOException {
        String request = marked ? REQUEST : OTHERS;
        String answer = "HTTP/1.1 200 Fine\r\nX-Odd-Case:  two spaces\r\nContent-Length: 5\r\n\r\nhello";
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            client.send(request);
            assertThat(server.exactly(request.length())).isEqualTo(request);
            server.send(answer);
            assertThat(client.exactly(answer.length())).isEqualTo(answer);
        }
    }

    @Test
    void aChunkedRequestAndAnswerAreTheSameBytes() throws IOException {
        String request =
                "PUT /x HTTP/1.1\r\nHost: m\r\ntransfer-encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: 1\r\n\r\n";
        String answer = "HTTP/1.1 201 C\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nSum: 9\r\n\r\n";
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            client.send(request);
            assertThat(server.exactly(request.length())).isEqualTo(request);
            server.send(answer);
            assertThat(client.exactly(answer.length())).isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachEventArrivesBeforeTheNextOneIsSent(boolean marked) throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            client.send(marked ? REQUEST : OTHERS);
            try (Peer server = stage.answering()) {
                assertThat(client.head()).isEqualTo(Stage.STREAM_HEAD);
                for (String word : new String[] {"one", "two", "three"}) {
                    server.chunk(event(word));
                    assertThat(client.chunk()).isEqualTo(event(word));
                }
                server.chunk("data: [DONE]\n\n").send("0\r\n\r\n");
                assertThat(client.chunk()).isEqualTo("data: [DONE]\n\n");
                assertThat(client.readTo("\r\n\r\n")).isEqualTo("0\r\n\r\n");
            }
        }
    }

    @Test
    void anEventThatComesInPiecesIsOneEvent() throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                client.head();
                server.chunk("data: {\"a\":").chunk(" 1}\n").chunk("\ndata: 2\n\n");
                assertThat(client.chunk()).isEqualTo("data: {\"a\": 1}\n\n");
                assertThat(client.chunk()).isEqualTo("data: 2\n\n");
            }
        }
    }

    @Test
    void aConnectionServesManyRequestsOverOneConnection() throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            for (String word : new String[] {"one", "two"}) {
                client.send(REQUEST);
                server.readTo("{\"prompt\":\"apple\"}");
                server.send(Stage.STREAM_HEAD).chunk(event(word)).send("0\r\n\r\n");
                client.head();
                assertThat(client.chunk()).isEqualTo(event(word));
                client.readTo("0\r\n\r\n");
            }
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            client.send("GET /one HTTP/1.1\r\nHost: m\r\n\r\nHEAD /two HTTP/1.1\r\nHost: m\r\n\r\n");
            assertThat(server.head()).startsWith("GET /one");
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
            assertThat(server.head()).startsWith("HEAD /two");
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n").hangUp();
            assertThat(client.toTheEnd())
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"
                            + "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
        }
    }

    @Test
    void aClientIsToldToContinueByTheModelServer() throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            client.send("POST /x HTTP/1.1\r\nHost: m\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            server.head();
            server.send("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 100");
            client.send("hi");
            assertThat(server.exactly(2)).isEqualTo("hi");
            server.send("HTTP/1.1 204 No Content\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void anUpgradeIsNotAskedForAndItsRefusalPassesThrough() throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            client.send("GET /ws HTTP/1.1\r\nHost: m\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(server.head()).isEqualTo("GET /ws HTTP/1.1\r\nHost: m\r\n\r\n");
            server.send("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 426");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesTakesTheModelServersConnectionWithIt(boolean halfOnly) throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                server.chunk(event("one"));
                client.head();
                client.chunk();
                if (halfOnly) {
                    client.endSending();
                } else {
                    client.hangUp();
                }
                assertThat(server.toTheEnd()).isEmpty();
                await().untilAsserted(() ->
                        assertThat(stage.log).singleElement().asString().contains(" client-gone "));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamThatTheModelServerCutsHasNoCleanEnd(boolean marked) throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            client.send(marked ? REQUEST : OTHERS);
            try (Peer server = stage.answering()) {
                server.chunk(event("one")).hangUp();
                client.head();
                assertThat(client.chunk()).isEqualTo(event("one"));
                assertThat(client.toTheEnd()).isEmpty();
                await().untilAsserted(() ->
                        assertThat(stage.log).singleElement().asString().contains(" upstream-cut "));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatTheModelServerResetsIsReset(boolean marked) throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client()) {
            client.send(marked ? REQUEST : OTHERS);
            try (Peer server = stage.answering()) {
                server.chunk(event("one"));
                client.head();
                client.chunk();
                server.reset();
                assertThatThrownBy(client::toTheEnd)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }
    }

    @Test
    void whatIsNoHttpIsNotPassedOn() throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            client.send(REQUEST);
            server.head();
            server.send("SSH-2.0-server\r\n\r\n");
            assertThat(client.exactly(1)).isEmpty();
            await().untilAsserted(() ->
                    assertThat(stage.log).singleElement().asString().contains(" upstream-cut "));
        }
    }

    @Test
    void anAnswerShorterThanAnnouncedIsCut() throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            client.send(REQUEST);
            server.head();
            server.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort");
            client.head();
            assertThat(client.exactly(5)).isEqualTo("short");
            server.hangUp();
            assertThat(client.exactly(1)).isEmpty();
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsWhole() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n" + event("one");
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            client.send(REQUEST);
            server.readTo("{\"prompt\":\"apple\"}");
            server.send(answer).hangUp();
            assertThat(client.toTheEnd()).isEqualTo(answer);
            await().untilAsserted(() ->
                    assertThat(stage.log).singleElement().asString().contains(" complete "));
        }
    }

    @Test
    void anIdleConnectionEndsWithTheModelServers() throws IOException {
        try (Stage stage = Stage.open();
                Peer client = stage.client();
                Peer server = stage.server()) {
            server.hangUp();
            assertThat(client.toTheEnd()).isEmpty();
        }
    }

    @Test
    void aModelServerThatTakesNoConnectionIsNoAnswer() throws Exception {
        try (Stage stage = Stage.open()) {
            assertThat(stage.admin("GET", "/admin/ready", "").statusCode()).isEqualTo(200);
            stage.noMoreUpstream();
            assertThat(stage.admin("GET", "/admin/ready", "").statusCode()).isEqualTo(503);
            try (Peer client = stage.client()) {
                assertThatThrownBy(client::toTheEnd).isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void drainingLetsAnswersEndAndTakesNoMore() throws Exception {
        try (Stage stage = Stage.open();
                Peer idle = stage.client();
                Peer _ = stage.server();
                Peer client = stage.client()) {
            stage.pull("hangAfterEvents", 1);
            client.send(REQUEST);
            try (Peer server = stage.answering()) {
                server.chunk(event("one")).chunk(event("two"));
                client.head();
                client.chunk();
                Thread drain = Thread.ofVirtual().start(() -> assertDrains(stage));
                assertThat(idle.toTheEnd()).isEmpty();
                assertThat(client.chunk()).isEqualTo(event("two"));
                server.send("0\r\n\r\n");
                assertThat(client.toTheEnd()).isEqualTo("0\r\n\r\n");
                assertThat(drain.join(Duration.ofSeconds(30))).isTrue();
                assertThatThrownBy(stage::client).isInstanceOf(IOException.class);
            }
        }
    }

    private static void assertDrains(Stage stage) {
        try {
            assertThat(stage.proxy.drain(Duration.ofSeconds(30))).isTrue();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
