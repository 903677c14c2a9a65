package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadProfilesTest {

    @Test
    void readsTheProfileOfAChat() throws IOException {
        LoadProfile chat = LoadProfiles.named("chat");

        assertThat(chat.name()).isEqualTo("chat");
        assertThat(chat.slo()).isEqualTo("chat");
        assertThat(chat.answerTokens()).isPositive();
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
