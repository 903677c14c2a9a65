package airworthy.mocks.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Owner references between objects. */
final class Owners {
    private Owners() {}

    /** Makes the owner the controller of the object. */
    static void adopt(ObjectNode owner, ObjectNode object) {
        object.withObjectProperty("metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", owner.path("apiVersion").asText())
                .put("kind", owner.path("kind").asText())
                .put("name", owner.at("/metadata/name").asText())
                .put("uid", owner.at("/metadata/uid").asText())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    static boolean controls(JsonNode owner, JsonNode object) {
        String uid = owner.at("/metadata/uid").asText();
        return object.at("/metadata/ownerReferences")
                .valueStream()
                .anyMatch(r -> r.path("controller").asBoolean()
                        && r.path("uid").asText().equals(uid));
    }

    static boolean deleting(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }
}
