package airworthy.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where heads, bodies and events end, in whatever pieces their bytes come. */
class FramingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void aChunkedBodyEndsWhereItsTrailersEnd(int piece) throws IOException {
        String wire = "4;x=y\r\nwiki\r\n0A\r\n0123456789\r\n0\r\nSum: 1\r\n\r\n";
        HttpInput in =
                new HttpInput(pieces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + wire + "next", piece));
        Head head = in.head().orElseThrow();
        BodyScanner body = BodyScanner.ofAnswer(head, 200, "GET");
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        while (in.take(body, raw::write, payload::write)) {
            assertThat(raw.size()).isPositive();
        }
        assertThat(raw.toString(StandardCharsets.UTF_8)).isEqualTo(wire);
        assertThat(payload.toString(StandardCharsets.UTF_8)).isEqualTo("wiki0123456789");
    }

    @Test
    void aBodyThatEndsEarlyIsToldFromOneThatIsWhole() throws IOException {
        HttpInput in = new HttpInput(pieces("4\r\nwi", 9));
        BodyScanner body = new BodyScanner.Chunks();
        assertThat(in.take(body, HttpInput.Bytes.NOWHERE, HttpInput.Bytes.NOWHERE))
                .isTrue();
        assertThatThrownBy(() -> in.take(body, HttpInput.Bytes.NOWHERE, HttpInput.Bytes.NOWHERE))
                .isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "\r\n"})
    void whatIsNoChunkIsRefused(String wire) {
        HttpInput in = new HttpInput(pieces(wire, 9));
        assertThatThrownBy(() -> in.take(new BodyScanner.Chunks(), HttpInput.Bytes.NOWHERE, HttpInput.Bytes.NOWHERE))
                .isInstanceOf(MalformedHttpException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: many", "Content-Length: -1", "Transfer-Encoding: gzip"})
    void aRequestWhoseEndNobodyKnowsIsRefused(String field) {
        Head head = new Head("POST / HTTP/1.1", List.of(field));
        assertThatThrownBy(() -> BodyScanner.ofRequest(head)).isInstanceOf(MalformedHttpException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void eventsEndAtBlankLines(int piece) throws IOException {
        List<String> events = new ArrayList<>();
        EventSplitter splitter = new EventSplitter(event -> events.add(new String(event, StandardCharsets.UTF_8)));
        byte[] wire = "data: a\n\n: ping\r\n\r\ndata: b\ndata: c\n\nrest".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < wire.length; at += piece) {
            splitter.feed(wire, at, Math.min(piece, wire.length - at));
        }
        assertThat(events).containsExactly("data: a\n\n", ": ping\r\n\r\n", "data: b\ndata: c\n\n");
        splitter.rest();
        assertThat(events).last().isEqualTo("rest");
        assertThat(events.stream().map(event -> EventSplitter.hasData(event.getBytes(StandardCharsets.UTF_8))))
                .containsExactly(true, false, true, false);
    }

    private static InputStream pieces(String text, int piece) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(piece, length));
            }

            @Override
            public int read(byte[] into) {
                return read(into, 0, into.length);
            }
        };
    }
}
