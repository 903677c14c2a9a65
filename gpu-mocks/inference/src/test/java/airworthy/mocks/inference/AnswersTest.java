package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void areTheSameEachTime() {
        assertThat(Answers.tokens("chat", "a prompt", 40)).isEqualTo(Answers.tokens("chat", "a prompt", 40));
    }

    @Test
    void differByModelAndPrompt() {
        assertThat(Answers.tokens("chat", "a prompt", 40))
                .isNotEqualTo(Answers.tokens("other", "a prompt", 40))
                .isNotEqualTo(Answers.tokens("chat", "another prompt", 40));
    }

    @Test
    void beginAlikeWhateverTheirLength() {
        assertThat(Answers.tokens("chat", "a prompt", 40))
                .startsWith(Answers.tokens("chat", "a prompt", 4).toArray(String[]::new));
    }

    @Test
    void countWordsOfAPrompt() {
        assertThat(Answers.count("  two   words\n")).isEqualTo(2);
        assertThat(Answers.count(" ")).isZero();
    }
}
