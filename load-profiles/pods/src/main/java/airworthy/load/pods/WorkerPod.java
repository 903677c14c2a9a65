package airworthy.load.pods;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A worker's pod as the API server tells it. Pure.
 *
 * @param object the whole of it
 */
record WorkerPod(JsonNode object) {
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    /** A kubelet that says so has tried, and another try finds no more. */
    private static final Set<String> STUCK = Set.of(
            "ErrImageNeverPull",
            "ImagePullBackOff",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError");

    /** How it stands. */
    sealed interface State {
        record Running(Worker worker) implements State {}

        record Waiting(String words) implements State {}

        /** What is wrong, and what to do. */
        record Stuck(String words) implements State {}

        /** How, to be put behind "the load JVM". */
        record Ended(String how) implements State {}
    }

    String name() {
        return object.at("/metadata/name").asText();
    }

    State state() {
        JsonNode container = object.at("/status/containerStatuses/0/state");
        if (container.has("terminated")) {
            return new State.Ended(ended(container.path("terminated")));
        }
        if (object.at("/status/phase").asText().equals("Failed")) {
            return new State.Ended(
                    "of pod " + name() + " was ended by the cluster" + because(object.path("status"), "reason"));
        }
        if (container.has("running")) {
            return new State.Running(new Worker(
                    object.at("/metadata/annotations").path(INDEX).asInt(),
                    name(),
                    object.at("/spec/nodeName").asText()));
        }
        JsonNode waiting = container.path("waiting");
        String reason = waiting.path("reason").asText();
        if (STUCK.contains(reason)) {
            return new State.Stuck("pod " + name() + because(waiting, "reason")
                    + (reason.contains("Image")
                            ? "; name an image that the cluster's nodes have or can pull by --worker-image"
                            : ""));
        }
        return reason.isEmpty()
                ? new State.Waiting(unscheduled())
                : new State.Waiting("pod " + name() + because(waiting, "reason"));
    }

    private String ended(JsonNode terminated) {
        return "of pod " + name() + " ended with exit code "
                + terminated.path("exitCode").asInt() + because(terminated, "reason");
    }

    /** Why it has no node, once the scheduler has said so. */
    private String unscheduled() {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals("PodScheduled")
                    && condition.path("status").asText().equals("False")) {
                return "pod " + name() + because(condition, "reason")
                        + "; ask for less by --worker-cpu, or for fewer --workers";
            }
        }
        return "pod " + name() + ": " + object.at("/status/phase").asText("Pending");
    }

    private static String because(JsonNode of, String reason) {
        String words = of.path(reason).asText();
        String message = of.path("message").asText().strip();
        return (words.isEmpty() ? "" : ": " + words) + (message.isEmpty() ? "" : ": " + message);
    }
}
