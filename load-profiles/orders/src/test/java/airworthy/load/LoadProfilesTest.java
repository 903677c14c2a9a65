package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadProfilesTest {

    @Test
    void readsTheProfileOfAChat() throws IOException {
        LoadProfile chat = LoadProfiles.named("chat");

        assertThat(chat.name()).isEqualTo("chat");
        assertThat(chat.slo().firstToken()).isEqualTo(Duration.ofMillis(450));
        assertThat(chat.answerTokens()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "code", "rag", "long-context", "agent"})
    void readsEachThatShips(String name) throws IOException {
        LoadProfile profile = LoadProfiles.named(name);

        assertThat(profile.name()).isEqualTo(name);
        assertThat(profile.slo().source()).isNotBlank();
        assertThat(new Prompts(profile, 1).prompt(0).split(" ")).hasSize(profile.promptWords());
    }

    @Test
    void readsOneFromAFileAndSaysWhereItIsWrong(@TempDir Path temp) throws IOException {
        Path mine = temp.resolve("mine.yaml");
        String text = """
                name: mine
                arrivals: gamma
                burstiness: 2
                promptWords: 3
                answerTokens: 4
                slo: { firstTokenMs: 100, tokenTimeMs: 10, source: "our users" }
                words: [a, b]
                """;
        Files.writeString(mine, text);
        assertThat(LoadProfiles.named(mine.toString()).answerTokens()).isEqualTo(4);

        Files.writeString(mine, text.replace("answerTokens", "answerTokns"));
        assertThatThrownBy(() -> LoadProfiles.named(mine.toString()))
                .hasMessageContaining("mine.yaml:5:")
                .hasMessageContaining("found the key \"answerTokns\"")
                .hasMessageContaining("found no key \"answerTokens\"");
        Files.writeString(mine, text.replace("burstiness: 2\n", ""));
        assertThatThrownBy(() -> LoadProfiles.named(mine.toString()))
                .hasMessageContaining("gamma needs a burstiness above zero");
        assertThatThrownBy(() -> LoadProfiles.named(temp.resolve("none.yaml").toString()))
                .hasMessageContaining("found no file");
    }

    @Test
    void everyTenthRequestAsksAQuestionWhoseAnswerIsKnown(@TempDir Path temp) throws IOException {
        Path mine = Files.writeString(temp.resolve("mine.yaml"), """
                name: mine
                arrivals: constant
                promptWords: 3
                answerTokens: 4
                slo: { firstTokenMs: 100, tokenTimeMs: 10, source: "our users" }
                words: [a, b]
                known:
                  - { ask: "What is 6 times 7? Say the number only.", answer: "42" }
                  - { ask: "Which planet is the largest?", answer: jupiter }
                """);
        Prompts prompts = new Prompts(LoadProfiles.named(mine.toString()), 1);

        assertThat(LongStream.range(0, 30)
                        .filter(number -> prompts.known(number).isPresent()))
                .containsExactly(9L, 19L, 29L);
        assertThat(prompts.prompt(9)).isEqualTo(prompts.prompt(29)).startsWith("What is 6");
        assertThat(prompts.known(19))
                .hasValueSatisfying(known -> assertThat(known.answer()).isEqualTo("jupiter"));
        assertThat(prompts.known(8)).isEmpty();
    }

    @Test
    void saysWhichProfileItDidNotFind() {
        assertThatThrownBy(() -> LoadProfiles.named("chess")).hasMessageContaining("chess");
    }

    @Test
    void makesPromptsThatDifferAndCanBeMadeAgain() throws IOException {
        LoadProfile chat = LoadProfiles.named("chat");
        Prompts prompts = new Prompts(chat, 7);

        assertThat(LongStream.range(0, 200).mapToObj(prompts::prompt)).doesNotHaveDuplicates();
        assertThat(prompts.prompt(5)).isEqualTo(new Prompts(chat, 7).prompt(5));
        assertThat(prompts.prompt(5)).isNotEqualTo(new Prompts(chat, 8).prompt(5));
        assertThat(prompts.prompt(5).split(" ")).hasSize(chat.promptWords());
    }
}
