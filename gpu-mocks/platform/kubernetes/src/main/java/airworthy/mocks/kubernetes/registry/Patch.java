package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ApiFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** A change sent by a client, in one of the three forms of PATCH. */
public sealed interface Patch extends UnaryOperator<ObjectNode> {

    /** RFC 7386: objects are merged, null removes, everything else is replaced. */
    record Merge(ObjectNode changes) implements Patch {
        @Override
        public ObjectNode apply(ObjectNode target) {
            merge(target, changes);
            return target;
        }

        private static void merge(ObjectNode target, ObjectNode changes) {
            changes.properties().forEach(change -> {
                String field = change.getKey();
                if (change.getValue().isNull()) {
                    target.remove(field);
                } else if (change.getValue() instanceof ObjectNode nested) {
                    ObjectNode inner =
                            target.path(field) instanceof ObjectNode existing ? existing : target.putObject(field);
                    merge(inner, nested);
                } else {
                    target.set(field, change.getValue().deepCopy());
                }
            });
        }
    }

    /** RFC 6902: a list of operations; one that cannot be done refuses them all. */
    record Operations(ArrayNode operations) implements Patch {
        @Override
        public ObjectNode apply(ObjectNode target) {
            return JsonOperations.apply(target, operations);
        }
    }

    /** Kubernetes' own merge: lists of objects are merged by their key. */
    record Strategic(ObjectNode changes) implements Patch {
        @Override
        public ObjectNode apply(ObjectNode target) {
            StrategicMerge.merge(target, changes);
            return target;
        }
    }

    /** The patch in a request, by its content type. */
    static Patch of(String contentType, JsonNode body) {
        String type = contentType.split(";", 2)[0].strip();
        return switch (type) {
            case "application/merge-patch+json" -> new Merge(object(body));
            case "application/strategic-merge-patch+json" -> new Strategic(object(body));
            case "application/json-patch+json" -> {
                if (body instanceof ArrayNode operations) {
                    yield new Operations(operations);
                }
                throw ApiFailure.badRequest(
                        "error decoding patch: found " + body.getNodeType() + ", expected an array");
            }
            default ->
                throw ApiFailure.unsupportedMediaType("the body of the request was in an unknown format - found '"
                        + type + "', accepted media types include: application/json-patch+json,"
                        + " application/merge-patch+json, application/strategic-merge-patch+json"
                        + " (this simulated API has no server-side apply)");
        };
    }

    private static ObjectNode object(JsonNode body) {
        if (body instanceof ObjectNode fields) {
            return fields;
        }
        throw ApiFailure.badRequest("error decoding patch: found " + body.getNodeType() + ", expected an object");
    }
}
