package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    /** Characters of one, two and three bytes, and those that mean something. */
    private static final String ALPHABET = "ab :{}\"\u00e9\u4f60\u597d\u20ac";

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

    /** Random events in all the forms that the standard allows, cut at random places, a thousand times over. */
    @Test
    void findsTheEventsOfAnyStreamHoweverItIsCut() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            StringBuilder stream = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int event = random.nextInt(6); event >= 0; event--) {
                List<String> lines = Stream.generate(() -> line(random))
                        .limit(random.nextInt(4))
                        .toList();
                if (!lines.isEmpty()) {
                    expected.add(String.join("\n", lines));
                }
                write(stream, lines, random);
            }
            byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
            List<String> found = new ArrayList<>();
            SseParser parser =
                    new SseParser((data, length) -> found.add(new String(data, 0, length, StandardCharsets.UTF_8)));
            int from = 0;
            while (from < bytes.length) {
                int size = Math.min(1 + random.nextInt(12), bytes.length - from);
                parser.feed(Unpooled.wrappedBuffer(bytes, from, size));
                from += size;
            }
            assertThat(found).as("seed %d: %s", seed, stream).isEqualTo(expected);
        }
    }

    private static void write(StringBuilder stream, List<String> lines, Random random) {
        for (String line : lines) {
            if (random.nextBoolean()) {
                stream.append(random.nextBoolean() ? ": data: no" : "event: data")
                        .append(end(random));
            }
            // one blank after the colon is no part of the data, so a line that begins with one needs another
            stream.append(random.nextBoolean() || line.startsWith(" ") ? "data: " : "data:")
                    .append(line)
                    .append(end(random));
        }
        stream.append(end(random));
    }

    private static String end(Random random) {
        return random.nextBoolean() ? "\n" : "\r\n";
    }

    private static String line(Random random) {
        return random.ints(random.nextInt(20), 0, ALPHABET.length())
                .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                .collect(Collectors.joining());
    }
}
