package airworthy.format;

import com.fasterxml.jackson.databind.JsonNode;

/** Says of a value what it is, briefly. */
final class Found {
    private static final int LONGEST = 60;

    private Found() {}

    static String words(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> value.isEmpty() ? "an empty mapping" : "a mapping";
            case ARRAY -> value.isEmpty() ? "an empty list" : "a list";
            case MISSING, NULL -> "nothing";
            case STRING -> quoted(value.textValue());
            case BINARY, BOOLEAN, NUMBER, POJO -> value.asText();
        };
    }

    static String quoted(String text) {
        String line = text.replace("\n", "\\n");
        return '"' + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...") + '"';
    }
}
