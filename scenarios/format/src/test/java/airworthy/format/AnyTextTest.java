package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a person's file holds, reading it ends with a value or with problems, never with an exception. */
class AnyTextTest {
    private static final List<String> VALUES = List.of(
            "null",
            "-1",
            "1e999",
            "99999999999999999999",
            "true",
            "\"\"",
            "\"x\"",
            "\"~\"",
            "[]",
            "[[]]",
            "{}",
            "{\"x\":1}");

    private final SchemaCheck schemas = new SchemaCheck();
    private final ScenarioReader scenarios = new ScenarioReader(schemas);
    private final ProfileReader profiles = new ProfileReader(schemas, Path.of("/home/x"));
    private final DefectReader defects = new DefectReader(schemas);

    @ParameterizedTest
    @ValueSource(strings = {"scenario.yaml", "profiles/simulated.yaml", "profiles/design.yaml", "defect.yaml"})
    void aFileCutShortIsReadOrRefused(String name) {
        String text = resource(name);
        for (int length = 0; length < text.length(); length += 11) {
            told(name, text.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenario.yaml", "profiles/simulated.yaml", "profiles/design.yaml", "defect.yaml"})
    void anyValueAnywhereIsReadOrRefused(String name) throws JsonProcessingException {
        JsonNode root = new YAMLMapper().readTree(resource(name));
        List<JsonNode> replacements = new ArrayList<>();
        for (String value : VALUES) {
            replacements.add(new ObjectMapper().readTree(value));
        }
        everywhere(root, replacements, () -> told(name, root.toString()));
    }

    private void told(String name, String text) {
        Read<?> read = name.startsWith("profiles/")
                ? profiles.read("f.yaml", text, Path.of("/base"))
                : name.startsWith("defect") ? defects.read("f.yaml", text) : scenarios.read("f.yaml", text);
        assertThat(read.problems()).allSatisfy(problem -> {
            assertThat(problem.line()).isPositive();
            assertThat(problem.column()).isPositive();
            assertThat(problem.found()).isNotBlank();
            assertThat(problem.expected()).isNotBlank();
        });
    }

    private static void everywhere(JsonNode node, List<JsonNode> replacements, Runnable check) {
        if (node instanceof ObjectNode mapping) {
            List<String> keys = new ArrayList<>();
            mapping.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> each(mapping, mapping.get(key), value -> mapping.set(key, value), replacements, check));
        }
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                int index = i;
                each(list, list.get(i), value -> list.set(index, value), replacements, check);
            }
        }
    }

    private static void each(
            ContainerNode<?> parent,
            JsonNode original,
            Consumer<JsonNode> set,
            List<JsonNode> replacements,
            Runnable check) {
        replacements.forEach(value -> {
            set.accept(value);
            check.run();
        });
        set.accept(original);
        assertThat(parent).contains(original);
        everywhere(original, replacements, check);
    }

    private static String resource(String name) {
        try (var stream = AnyTextTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
