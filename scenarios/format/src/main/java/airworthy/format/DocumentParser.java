package airworthy.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Parses one text. Used once: it gathers positions and problems on its way. */
final class DocumentParser {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonPointer ROOT = JsonPointer.empty();

    private final String file;
    private final Map<JsonPointer, Position> values = new HashMap<>();
    private final Map<JsonPointer, Position> keys = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private DocumentParser(String file) {
        this.file = file;
    }

    /** The only document of a text; JSON if it begins like JSON and is named so, else YAML. */
    static Read<Document> parse(String file, String text) {
        Read<List<Document>> all = parseAll(file, text);
        return all.then(documents -> documents.size() == 1
                ? new Read.Ok<>(documents.getFirst())
                : Read.bad(Problem.at(
                        file,
                        documents.isEmpty() ? Position.START : documents.get(1).valueAt(ROOT),
                        "",
                        documents.isEmpty() ? "an empty file" : "a further document",
                        "one document in the file")));
    }

    /** Every document of a text, in order. */
    static Read<List<Document>> parseAll(String file, String text) {
        List<Document> documents = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        JsonFactory format = file.endsWith(".json") || file.endsWith(".jsonl") ? new JsonFactory() : new YAMLFactory();
        try (JsonParser parser = format.createParser(content)) {
            while (parser.nextToken() != null) {
                DocumentParser one = new DocumentParser(file);
                JsonNode root = one.value(parser, ROOT);
                documents.add(new Document(file, root, one.values, one.keys));
                problems.addAll(one.problems);
            }
        } catch (JsonProcessingException e) {
            problems.add(syntax(file, content, e));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be read", e);
        }
        if (documents.size() == 1 && documents.getFirst().root().isNull()) {
            documents.clear();
        }
        return Read.unless(problems, () -> documents);
    }

    private JsonNode value(JsonParser parser, JsonPointer pointer) throws IOException {
        Position position = position(parser.currentTokenLocation());
        values.put(pointer, position);
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            complain(position, pointer, "an alias", "the value itself: aliases are not supported");
            return NODES.nullNode();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, pointer);
            case START_ARRAY -> list(parser, pointer);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case VALUE_EMBEDDED_OBJECT -> {
                complain(position, pointer, "a value with a YAML tag", "a plain value");
                yield NODES.nullNode();
            }
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE ->
                throw new IllegalStateException("a value cannot begin with " + parser.currentToken());
        };
    }

    private ObjectNode mapping(JsonParser parser, JsonPointer pointer) throws IOException {
        ObjectNode mapping = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            JsonPointer child = pointer.appendProperty(key);
            Position position = position(parser.currentTokenLocation());
            if (mapping.has(key)) {
                complain(position, child, "the key \"" + key + "\" a second time", "each key once");
            }
            keys.putIfAbsent(child, position);
            parser.nextToken();
            JsonNode value = value(parser, child);
            mapping.set(key, value);
        }
        return mapping;
    }

    private ArrayNode list(JsonParser parser, JsonPointer pointer) throws IOException {
        ArrayNode list = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, pointer.appendIndex(list.size())));
        }
        return list;
    }

    private void complain(Position position, JsonPointer pointer, String found, String expected) {
        problems.add(Problem.at(file, position, Document.path(pointer), found, expected));
    }

    private static Position position(JsonLocation location) {
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** The parser's own words hold a snippet of the file, which may hold a secret: only its first words are kept. */
    private static Problem syntax(String file, String text, JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        Position position = location == null ? Position.START : position(location);
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            position = new Position(
                    yaml.getProblemMark().getLine() + 1, yaml.getProblemMark().getColumn() + 1);
        }
        boolean tab =
                text.lines().skip(position.line() - 1L).findFirst().orElse("").matches("\\s*\\t.*");
        return Problem.at(
                file,
                position,
                "",
                tab ? "a tab in the indentation" : "text that cannot be parsed (" + words(e) + ")",
                tab ? "spaces: YAML does not allow tabs there" : "valid YAML");
    }

    private static String words(JsonProcessingException e) {
        String message = e.getCause() instanceof MarkedYAMLException yaml
                ? String.valueOf(yaml.getProblem())
                : String.valueOf(e.getOriginalMessage());
        return message.lines().findFirst().orElse("no reason given");
    }
}
