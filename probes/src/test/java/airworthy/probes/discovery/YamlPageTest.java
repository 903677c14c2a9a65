package airworthy.probes.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back, whatever names people give. */
class YamlPageTest {

    private static JsonNode read(YamlPage page) throws JsonProcessingException {
        return new YAMLMapper().readTree(page.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat",
                "team-a/deployment/chat",
                "http://127.0.0.1:9090/v1",
                "http://[::1]:9090",
                "env:KEY_A",
                "127.0.0.1:8090",
                "10:30:45",
                "true",
                "No",
                "y",
                "null",
                "~",
                "absent",
                "1",
                "1e3",
                "-",
                "",
                "a: b",
                "a #b",
                "#b",
                "{a}",
                "[a]",
                "a, b",
                "it's",
                "\"quoted\"",
                "back\\slash",
                "*alias",
                "&anchor",
                "!tag",
                "%x",
                "@x",
                "two\nlines",
                "ends:",
                " space "
            })
    void anyTextIsReadBackAsItself(String text) throws JsonProcessingException {
        YamlPage page = new YamlPage();
        page.entry("value", YamlPage.scalar(text));
        page.entry(text, "here");
        page.entry("list", YamlPage.list(List.of(text, "other")));
        page.entry("mapping", YamlPage.mapping(Map.of(text, YamlPage.scalar(text))), Optional.of("so"));

        JsonNode root = read(page);
        assertThat(root.path("value").asText()).isEqualTo(text);
        assertThat(root.path("value").isTextual()).isTrue();
        assertThat(root.path(text).asText()).isEqualTo("here");
        assertThat(root.path("list").path(0).asText()).isEqualTo(text);
        assertThat(root.path("mapping").path(text).asText()).isEqualTo(text);
    }

    @Test
    void aCommentStaysOnItsLineWhateverItTells() throws JsonProcessingException {
        YamlPage page = new YamlPage();
        page.remark("one\ntwo: three\r\n# four");
        page.told("key", Told.guessed("value", "because\nother: key"));

        assertThat(page.toString()).isEqualTo("""
            # one two: three # four
            key: value # guessed: because other: key
            """);
        assertThat(read(page).size()).isEqualTo(1);
    }

    @Test
    void mappingsAndListsOfMappingsNest() throws JsonProcessingException {
        YamlPage page = new YamlPage();
        page.under("items", () -> {
            page.item(() -> {
                page.entry("name", "a");
                page.under("inner", () -> page.entry("x", "1"));
            });
            page.item(() -> page.entry("name", "b"));
        });
        page.entry("after", "c");

        assertThat(read(page)).isEqualTo(new YAMLMapper().readTree("""
            items:
            - name: a
              inner:
                x: 1
            - name: b
            after: c
            """));
    }
}
