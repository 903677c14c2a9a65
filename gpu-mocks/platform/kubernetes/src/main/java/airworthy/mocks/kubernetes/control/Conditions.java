package airworthy.mocks.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Conditions in {@code status.conditions}; a transition time moves only when the status does. */
public final class Conditions {
    private Conditions() {}

    /** Whether the condition stands and is true. */
    public static boolean isTrue(JsonNode object, String type) {
        return object.at("/status/conditions")
                .valueStream()
                .anyMatch(c -> c.path("type").asText().equals(type)
                        && c.path("status").asText().equals("True"));
    }

    static void set(ObjectNode object, String type, boolean value, String reason, String message, InstantSource clock) {
        ArrayNode conditions = object.withObjectProperty("status").withArrayProperty("conditions");
        ObjectNode condition = null;
        for (JsonNode candidate : conditions) {
            if (candidate instanceof ObjectNode fields
                    && fields.path("type").asText().equals(type)) {
                condition = fields;
            }
        }
        if (condition == null) {
            condition = conditions.addObject().put("type", type);
        }
        String status = value ? "True" : "False";
        if (!condition.path("status").asText().equals(status)) {
            condition
                    .put("status", status)
                    .put(
                            "lastTransitionTime",
                            clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        optional(condition, "reason", reason);
        optional(condition, "message", message);
    }

    private static void optional(ObjectNode condition, String field, String value) {
        if (value.isEmpty()) {
            condition.remove(field);
        } else {
            condition.put(field, value);
        }
    }
}
