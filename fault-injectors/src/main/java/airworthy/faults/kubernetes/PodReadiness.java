package airworthy.faults.kubernetes;

import airworthy.faults.JsonValue;
import airworthy.model.ObjectRef;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;

/** Waits for a pod to be ready, for so long and no longer. */
final class PodReadiness {
    /** Between two looks. */
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final KubernetesConnection cluster;
    private final Duration limit;

    PodReadiness(KubernetesConnection cluster, Duration limit) {
        this.cluster = cluster;
        this.limit = limit;
    }

    /** Why the pod is not ready, after waiting for it; empty if it is. */
    Optional<String> problem(ObjectRef pod) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            String found;
            switch (cluster.get(pod)) {
                case Reading.Absent<String>(String how) -> {
                    return Optional.of(pod + " is not there: " + how);
                }
                case Reading.Unreadable<String>(String why) -> found = why;
                case Reading.Present<String>(String json) -> {
                    JsonNode object = JsonValue.parse(json).node();
                    if (ready(object)) {
                        return Optional.empty();
                    }
                    found = state(object);
                }
            }
            if (System.nanoTime() - start > limit.toNanos()) {
                return Optional.of(pod + ": expected it ready within " + limit.toSeconds() + " s, found " + found);
            }
            Thread.sleep(INTERVAL);
        }
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

    /** In the cluster's own words: a container that waits says why, an unplaced pod says so in a condition. */
    private static String state(JsonNode pod) {
        StringJoiner words = new StringJoiner(", ");
        words.add("phase " + pod.at("/status/phase").asText("unknown"));
        for (JsonNode container : pod.at("/status/containerStatuses")) {
            String reason = container.at("/state/waiting/reason").asText();
            if (!reason.isEmpty()) {
                words.add(reason + " " + container.at("/state/waiting/message").asText());
            }
        }
        for (JsonNode condition : pod.at("/status/conditions")) {
            String message = condition.path("message").asText();
            if (!condition.path("status").asText().equals("True") && !message.isEmpty()) {
                words.add(condition.path("type").asText() + " " + message);
            }
        }
        return words.toString();
    }
}
