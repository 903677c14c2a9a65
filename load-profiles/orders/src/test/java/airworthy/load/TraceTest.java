package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three requests, at 0, 1.5 and 4 s, as each of three publishers writes them. */
class TraceTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"""
                Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
                5,ChatGPT,472,18,490,Conversation log
                6.5,GPT-4,10,0,10,API log
                9,ChatGPT,7,3,10,Conversation log
                """, """
                TIMESTAMP,ContextTokens,GeneratedTokens
                2024-05-10 23:59:58.000000+00:00,472,18
                2024-05-10 23:59:59.500000+00:00,10,0
                2024-05-11 00:00:02.000000+00:00,7,3
                """, """
                TIMESTAMP,ContextTokens,GeneratedTokens
                2023-11-16 18:17:03.9799600,472,18
                2023-11-16 18:17:05.4799600,10,0
                2023-11-16 18:17:07.9799600,7,3
                """, """
                {"timestamp": 27000, "input_length": 472, "output_length": 18, "hash_ids": [46, 47]}
                {"timestamp": 31000, "input_length": 7, "output_length": 3, "hash_ids": [46]}
                {"timestamp": 28500, "input_length": 10, "output_length": 0, "hash_ids": []}
                """})
    void readsWhatEachOfThemPublishes(String text) throws IOException {
        Trace trace = Trace.read(Files.writeString(temp.resolve("trace"), text));

        assertThat(trace.requests())
                .extracting(request -> Duration.ofNanos(request.offsetNs()).toMillis())
                .containsExactly(0L, 1500L, 4000L);
        assertThat(trace.requests())
                .extracting(Trace.Request::shape)
                .containsExactly(new Shape(472, 18), new Shape(10, 1), new Shape(7, 3));
        assertThat(trace.length()).isEqualTo(Duration.ofSeconds(4));
        assertThat(trace.schedule(2).offsetsNs()).toIterable().containsExactly(0L, 750_000_000L, 2_000_000_000L);
    }

    @Test
    void promptsAndAnswersAreAsLongAsTheTraceSays() throws IOException {
        Trace trace = Trace.read(Files.writeString(temp.resolve("trace.jsonl"), """
                {"timestamp": 0, "input_length": 5, "output_length": 6}
                """));
        Prompts prompts = new Prompts(LoadProfiles.named("chat"), Optional.of(trace), 1);

        assertThat(prompts.prompt(0).split(" ")).hasSize(5);
        assertThat(prompts.answerTokens(0)).isEqualTo(6);
    }

    @Test
    void saysWhatItFoundAndWhere() throws IOException {
        assertThatThrownBy(() -> Trace.read(temp.resolve("none"))).hasMessageContaining("found no file");
        assertRefused("a,b\n1,2\n", ":1: found \"a,b\", expected the columns of BurstGPT");
        assertRefused("TIMESTAMP,ContextTokens,GeneratedTokens\nyesterday,1,2\n", ":2: found \"yesterday,1,2\"");
        assertRefused("TIMESTAMP,ContextTokens,GeneratedTokens\n", "found no request in it");
        assertRefused("{\"timestamp\": 1, \"input_length\": 2}\n", ":1: found");
        assertRefused("Timestamp,Model,Request tokens,Response tokens\n1,m,-5,6\n", ":2: found \"1,m,-5,6\"");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = Files.writeString(temp.resolve("bad"), text);
        assertThatThrownBy(() -> Trace.read(file)).hasMessageContaining(message);
    }
}
