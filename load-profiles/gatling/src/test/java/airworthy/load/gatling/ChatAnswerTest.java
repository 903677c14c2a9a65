package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatAnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]} | CONTENT",
                "{\"choices\" : [ {\"delta\" : {\"content\" : \"a\"}} ]} | CONTENT",
                "{\"choices\":[{\"logprobs\":{\"x\":[1]},\"delta\":{\"reasoning_content\":\"a\"}}]} | CONTENT",
                "{\"choices\":[{\"text\":\"a\"}]} | CONTENT",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]} | CONTENT",
                "{\"choices\":[{\"delta\":{\"content\":\"end\"},\"finish_reason\":\"stop\"}]} | CONTENT",
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]} | NOTHING",
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]} | NOTHING",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]} | NOTHING",
                "{\"choices\":[],\"usage\":{\"completion_tokens\":3},\"error\":null} | NOTHING",
                "{\"error\":{\"message\":\"out of memory\"}} | ERROR",
                "{\"object\":\"error\",\"message\":\"out of memory\"} | ERROR",
                "{\"choices\":[{\"delta\" | ERROR",
                "upstream timed out | ERROR",
                "[DONE] | END_MARK",
            })
    void tellsWhatAnEventIs(String data, ChatAnswer.Said expected) {
        assertThat(accept(new ChatAnswer(true), data)).isEqualTo(expected);
    }

    @Test
    void remembersFinishReasonUsageAndEndMark() {
        ChatAnswer answer = new ChatAnswer(true);
        accept(answer, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
        accept(
                answer,
                "{\"choices\":[],\"usage\":{\"prompt_tokens_details\":{\"cached_tokens\":1},\"prompt_tokens\":7,\"completion_tokens\":42}}");
        assertThat(answer.endMark()).isFalse();
        accept(answer, "[DONE]");

        assertThat(answer.finishReason()).isTrue();
        assertThat(answer.promptTokens()).isEqualTo(OptionalInt.of(7));
        assertThat(answer.completionTokens()).isEqualTo(OptionalInt.of(42));
        assertThat(answer.endMark()).isTrue();
    }

    @Test
    void keepsTheTextOfAnError() {
        ChatAnswer answer = new ChatAnswer(true);
        accept(answer, "{\"error\":{\"message\":\"engine died\"}}");

        assertThat(answer.error()).contains("engine died");
    }

    private static ChatAnswer.Said accept(ChatAnswer answer, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return answer.accept(bytes, bytes.length);
    }
}
