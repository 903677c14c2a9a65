package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {

    private static final String STREAM =
            "data: one\n\n: a comment\n\ndata:two\r\n\r\nevent: x\nid: 7\ndata: thr\u00e9\ndata: e\n\ndata: torn";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void findsTheSameEventsWhateverTheChunks(int size) {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        List<String> events = new ArrayList<>();
        SseParser parser =
                new SseParser((data, length) -> events.add(new String(data, 0, length, StandardCharsets.UTF_8)));

        for (int from = 0; from < bytes.length; from += size) {
            parser.feed(Unpooled.wrappedBuffer(bytes, from, Math.min(size, bytes.length - from)));
        }

        assertThat(events).containsExactly("one", "two", "thr\u00e9\ne");
    }

    @Test
    void readsEventsLongerThanItsFirstBuffer() {
        String text = "x".repeat(10_000);
        List<Integer> lengths = new ArrayList<>();

        new SseParser((_, length) -> lengths.add(length))
                .feed(Unpooled.copiedBuffer("data: " + text + "\n\n", StandardCharsets.UTF_8));

        assertThat(lengths).containsExactly(text.length());
    }
}
