package airworthy.probes.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One pod of a workload.
 *
 * @param name the pod's name
 * @param ready whether it says of itself that it serves, and is not being deleted
 * @param node where it runs, once it is placed
 * @param metadata its labels and annotations
 */
public record Replica(String name, boolean ready, Optional<String> node, Metadata metadata) {

    static Replica of(JsonNode pod) {
        return new Replica(
                pod.at("/metadata/name").asText(), ready(pod), text(pod.at("/spec/nodeName")), Metadata.of(pod));
    }

    private static boolean ready(JsonNode pod) {
        for (JsonNode condition : pod.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True")
                        && pod.at("/metadata/deletionTimestamp").isMissingNode();
            }
        }
        return false;
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText()).filter(value -> !value.isEmpty());
    }
}
