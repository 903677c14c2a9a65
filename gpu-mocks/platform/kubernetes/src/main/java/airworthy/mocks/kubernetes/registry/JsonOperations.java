package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ApiFailure;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The operations of a JSON patch. */
final class JsonOperations {
    private JsonOperations() {}

    static ObjectNode apply(ObjectNode target, ArrayNode operations) {
        for (JsonNode operation : operations) {
            JsonPointer path = pointer(operation, "path");
            switch (operation.path("op").asText()) {
                case "add" -> add(target, path, value(operation));
                case "remove" -> remove(target, path);
                case "replace" -> {
                    remove(target, path);
                    add(target, path, value(operation));
                }
                case "move" -> add(target, path, remove(target, pointer(operation, "from")));
                case "copy" ->
                    add(
                            target,
                            path,
                            existing(target, pointer(operation, "from")).deepCopy());
                case "test" -> test(target, path, operation.path("value"));
                default -> throw ApiFailure.unprocessablePatch();
            }
        }
        return target;
    }

    private static JsonPointer pointer(JsonNode operation, String field) {
        try {
            return JsonPointer.compile(operation.path(field).asText());
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest("error decoding patch: " + e.getMessage());
        }
    }

    private static JsonNode value(JsonNode operation) {
        if (!operation.has("value")) {
            throw ApiFailure.badRequest(
                    "error decoding patch: operation '" + operation.path("op").asText() + "' on "
                            + operation.path("path").asText() + " has no value");
        }
        return operation.path("value").deepCopy();
    }

    private static void test(ObjectNode target, JsonPointer path, JsonNode expected) {
        JsonNode found = target.at(path);
        boolean bothAbsent = found.isMissingNode() && (expected.isNull() || expected.isMissingNode());
        if (!bothAbsent && !found.equals(expected)) {
            throw ApiFailure.unprocessablePatch();
        }
    }

    private static JsonNode existing(ObjectNode target, JsonPointer path) {
        JsonNode node = target.at(path);
        if (node.isMissingNode()) {
            throw ApiFailure.unprocessablePatch();
        }
        return node;
    }

    private static void add(ObjectNode target, JsonPointer path, JsonNode value) {
        String last = lastSegment(path);
        JsonNode parent = target.at(path.head());
        if (parent instanceof ObjectNode fields) {
            fields.set(last, value);
        } else if (parent instanceof ArrayNode items) {
            int index = last.equals("-") ? items.size() : index(path, items.size());
            items.insert(index, value);
        } else {
            throw ApiFailure.unprocessablePatch();
        }
    }

    private static JsonNode remove(ObjectNode target, JsonPointer path) {
        JsonNode removed = existing(target, path);
        JsonNode parent = target.at(path.head());
        if (parent instanceof ObjectNode fields) {
            fields.remove(lastSegment(path));
        } else if (parent instanceof ArrayNode items) {
            items.remove(index(path, items.size() - 1));
        }
        return removed;
    }

    private static String lastSegment(JsonPointer path) {
        JsonPointer last = path.last();
        if (last == null) {
            throw ApiFailure.unprocessablePatch();
        }
        return last.getMatchingProperty();
    }

    private static int index(JsonPointer path, int highest) {
        JsonPointer last = path.last();
        int index = last == null ? -1 : last.getMatchingIndex();
        if (index < 0 || index > highest) {
            throw ApiFailure.unprocessablePatch();
        }
        return index;
    }
}
