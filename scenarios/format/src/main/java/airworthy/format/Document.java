package airworthy.format;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A parsed YAML or JSON document that remembers where everything stood.
 *
 * @param file as the user gave it
 * @param root the content
 * @param values where each value begins
 * @param keys where the key of each value begins, for values that have one
 */
record Document(String file, JsonNode root, Map<JsonPointer, Position> values, Map<JsonPointer, Position> keys) {

    /** Where a value begins; for one that is not there, where its nearest parent does. */
    Position valueAt(JsonPointer pointer) {
        Position position = values.get(pointer);
        JsonPointer parent = pointer.head();
        return position != null ? position : parent == null ? Position.START : valueAt(parent);
    }

    /** Where a value's key begins; for one without a key, where the value does. */
    Position keyAt(JsonPointer pointer) {
        Position position = keys.get(pointer);
        return position != null ? position : valueAt(pointer);
    }

    /** The way to a value as people write it: {@code faults[0].model.slow-tokens}. */
    static String path(JsonPointer pointer) {
        StringBuilder path = new StringBuilder();
        for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
            if (at.mayMatchElement()) {
                path.append('[').append(at.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
            }
        }
        return path.toString();
    }

    Problem problem(Position position, JsonPointer pointer, String found, String expected) {
        return Problem.at(file, position, path(pointer), found, expected);
    }
}
