package airworthy.format;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;

/** Turns what the schema validator says about one document into words for people, at the right place. */
final class SchemaErrors {
    private final Document document;
    private final JsonNode schema;

    SchemaErrors(Document document, JsonNode schema) {
        this.document = document;
        this.schema = schema;
    }

    Problem problem(Error error) {
        JsonPointer at = JsonPointer.compile(error.getInstanceLocation().toString());
        JsonNode rule = ruleOf(error);
        return switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" ->
                unknownKey(at.appendProperty(error.getProperty()), error, rule);
            case "required" -> missingKey(at.appendProperty(error.getProperty()), error, rule);
            case "false" -> document.problem(document.keyAt(at), at, "this key", "it not to be here");
            default -> document.problem(document.valueAt(at), at, found(at, rule), expected(error, at, rule));
        };
    }

    /** The validator places an unknown key at its parent; people look for it where it stands. */
    private Problem unknownKey(JsonPointer key, Error error, JsonNode rule) {
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        return document.problem(
                document.keyAt(key),
                key,
                "the unknown key \"" + error.getProperty() + "\"",
                Nearest.oneOf(error.getProperty(), known));
    }

    private Problem missingKey(JsonPointer key, Error error, JsonNode rule) {
        JsonNode missing = resolved(rule.path("properties").path(error.getProperty()));
        List<String> words = words(missing);
        String what = words.isEmpty() ? missing.path("title").asText() : Nearest.oneOf("", words);
        return document.problem(
                document.valueAt(key),
                key,
                "nothing",
                "the key \"" + error.getProperty() + "\"" + (what.isEmpty() ? "" : ": " + what));
    }

    private String found(JsonPointer at, JsonNode rule) {
        JsonNode value = document.root().at(at);
        return rule.path("writeOnly").asBoolean() && value.isValueNode()
                ? "a literal (not shown here)"
                : Found.words(value);
    }

    private String expected(Error error, JsonPointer at, JsonNode rule) {
        String title = rule.path("title").asText();
        return switch (error.getKeyword()) {
            case "enum" -> Nearest.oneOf(document.root().at(at).asText(), words(rule));
            case "const" -> rule.path("const").asText();
            case "type" -> title.isEmpty() ? types(rule.path("type")) : title;
            default -> title.isEmpty() ? String.valueOf(error.getMessage()) : title;
        };
    }

    private static List<String> words(JsonNode rule) {
        List<String> words = new ArrayList<>();
        rule.path("enum").forEach(word -> words.add(word.asText()));
        return words;
    }

    private static String types(JsonNode types) {
        List<String> words = new ArrayList<>();
        (types.isArray() ? types : List.of(types))
                .forEach(type -> words.add(
                        switch (type.asText()) {
                            case "object" -> "a mapping";
                            case "array" -> "a list";
                            case "string" -> "text";
                            case "integer" -> "a whole number";
                            case "number" -> "a number";
                            case "boolean" -> "true or false";
                            default -> type.asText();
                        }));
        return String.join(" or ", words);
    }

    /** The schema in which the failing keyword stands. */
    private JsonNode ruleOf(Error error) {
        String location = error.getSchemaLocation().getFragment().toString();
        JsonPointer keyword = JsonPointer.compile(location);
        JsonPointer parent = keyword.head();
        return parent == null ? schema : schema.at(parent);
    }

    private JsonNode resolved(JsonNode rule) {
        String reference = rule.path("$ref").asText();
        return rule.has("title") || !reference.startsWith("#/")
                ? rule
                : schema.at(JsonPointer.compile(reference.substring(1)));
    }
}
