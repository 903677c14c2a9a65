package airworthy.faults.kubernetes;

import airworthy.faults.JsonValue;
import airworthy.model.Change;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One field's way from a value to another, as a JSON patch that does nothing where the field has not the first.
 *
 * @param pointer a JSON pointer
 * @param from the JSON value expected, or {@link Change.SetField#ABSENT}
 * @param to the JSON value wanted, or {@link Change.SetField#ABSENT}
 */
record FieldPatch(String pointer, String from, String to) {
    private static final String VERSION = "/metadata/resourceVersion";

    /** Whether this object has the value expected. */
    boolean appliesTo(JsonNode object) {
        return is(object, from);
    }

    /** Whether this object has the value wanted. */
    boolean doneIn(JsonNode object) {
        return is(object, to);
    }

    /** The field's value in this object, in the form of {@code from} and {@code to}. */
    String found(JsonNode object) {
        JsonNode field = object.at(pointer);
        return field.isMissingNode() ? Change.SetField.ABSENT : field.toString();
    }

    private boolean is(JsonNode object, String value) {
        JsonNode field = object.at(pointer);
        return absent(value)
                ? field.isMissingNode()
                : !field.isMissingNode() && JsonValue.parse(value).sameAs(new JsonValue(field));
    }

    /** The patch for the object as it was just read. A patch cannot test for absence, so there any change stops it. */
    String against(JsonNode object) {
        ArrayNode patch = operations();
        if (absent(from)) {
            patch.insert(0, operation("test", VERSION).set("value", object.at(VERSION)));
        }
        return patch.toString();
    }

    /** Whether a patch may be refused only because something else in the object changed. */
    boolean stoppedByAnyChange() {
        return absent(from);
    }

    /** The patch for a person who has looked. */
    String byHand() {
        return operations().toString();
    }

    private ArrayNode operations() {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        if (!absent(from)) {
            patch.add(operation("test", pointer)
                    .set("value", JsonValue.parse(from).node()));
        }
        if (absent(to)) {
            return patch.add(operation("remove", pointer));
        }
        String kind = absent(from) ? "add" : "replace";
        return patch.add(
                operation(kind, pointer).set("value", JsonValue.parse(to).node()));
    }

    private static boolean absent(String value) {
        return value.equals(Change.SetField.ABSENT);
    }

    private static ObjectNode operation(String kind, String path) {
        return JsonNodeFactory.instance.objectNode().put("op", kind).put("path", path);
    }
}
