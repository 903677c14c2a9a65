package airworthy.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A JSON value as undo data keeps it, compared by meaning: 1 is 1.0, and the order of keys says nothing.
 *
 * @param node the value
 */
public record JsonValue(JsonNode node) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Comparator<JsonNode> BY_MEANING =
            (one, other) -> one instanceof NumericNode && other instanceof NumericNode
                    ? one.decimalValue().compareTo(other.decimalValue())
                    : one.equals(other) ? 0 : 1;

    /**
     * Reads JSON text.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public static JsonValue parse(String text) {
        try {
            return new JsonValue(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected JSON, found: " + text, e);
        }
    }

    /** The members of a Kubernetes list, each as a text of its own. */
    public List<String> items() {
        List<String> items = new ArrayList<>();
        node.path("items").forEach(item -> items.add(item.toString()));
        return List.copyOf(items);
    }

    /** Whether both mean the same. */
    public boolean sameAs(JsonValue other) {
        return node.equals(BY_MEANING, other.node);
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
