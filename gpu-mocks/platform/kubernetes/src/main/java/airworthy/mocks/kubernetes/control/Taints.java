package airworthy.mocks.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;

/** Taints of nodes and devices against tolerations. */
final class Taints {
    private Taints() {}

    /** Whether the taint keeps nothing away. */
    static boolean harmless(JsonNode taint) {
        String effect = taint.path("effect").asText();
        return effect.equals("None") || effect.equals("PreferNoSchedule");
    }

    static boolean tolerated(JsonNode taint, JsonNode tolerations) {
        return tolerations.valueStream().anyMatch(t -> tolerates(taint, t));
    }

    /** Whether one toleration covers the taint, whatever the time. */
    static boolean tolerates(JsonNode taint, JsonNode toleration) {
        String effect = toleration.path("effect").asText();
        String key = toleration.path("key").asText();
        boolean exists = toleration.path("operator").asText().equals("Exists");
        return (effect.isEmpty() || effect.equals(taint.path("effect").asText()))
                && (key.isEmpty() ? exists : key.equals(taint.path("key").asText()))
                && (exists
                        || toleration
                                .path("value")
                                .asText()
                                .equals(taint.path("value").asText()));
    }
}
