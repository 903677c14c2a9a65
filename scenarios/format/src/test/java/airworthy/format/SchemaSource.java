package airworthy.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The text of a schema, for holding it against the language. */
final class SchemaSource {

    private SchemaSource() {}

    static JsonNode at(String schema, String pointer) {
        try (var stream = SchemaSource.class.getResourceAsStream("schema/" + schema + ".json")) {
            return new ObjectMapper()
                    .readTree(Objects.requireNonNull(stream, schema))
                    .requiredAt(pointer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> words(String schema, String pointer) {
        List<String> words = new ArrayList<>();
        at(schema, pointer).forEach(word -> words.add(word.asText()));
        return words;
    }

    static List<String> keys(String schema, String pointer) {
        List<String> keys = new ArrayList<>();
        at(schema, pointer).fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
