package airworthy.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrongWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}",
                "{\"id\": 1.50, \"choices\": [{\"message\": {\"content\": \"%s\"}}], \"usage\": {\"n\": 3}}",
                "{ \"choices\" : [ {\"text\" : \"%s\"} , {\"text\":\"%s\"} ] }"
            })
    void onlyTheWordsChange(String form) {
        String right = form.replace("%s", "A plum, 12\\n\\\"Ü\\\" \\u4e2d 中");
        String wrong = new String(WrongWords.inJson(bytes(right)), StandardCharsets.UTF_8);
        assertThat(bytes(wrong)).hasSameSizeAs(bytes(right));
        assertThat(wrong)
                .doesNotContain("plum")
                .doesNotContain("中")
                .doesNotContain("\\u4e2d")
                .isEqualTo(form.replace("%s", "N cyhz, 67\\n\\\"Ý\\\" \\u4e2c 丬"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}",
                "{\"choices\":[],\"model\":\"plum\",\"usage\":{\"content\":\"plum\"}}",
                "{\"choices\":[{\"delta\":{\"content\":\"plum",
                "plum"
            })
    void whatIsNotSaidOrNotJsonStays(String text) {
        assertThat(WrongWords.inJson(bytes(text))).isEqualTo(bytes(text));
    }

    @Test
    void anEventKeepsItsLines() {
        String event = ": plum\r\nevent: plum\r\ndata: {\"choices\":[{\"text\":\"plum\"}]}\r\n\r\n";
        assertThat(new String(WrongWords.inEvent(bytes(event)), StandardCharsets.UTF_8))
                .isEqualTo(": plum\r\nevent: plum\r\ndata: {\"choices\":[{\"text\":\"cyhz\"}]}\r\n\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
