package airworthy.load.pods;

import airworthy.probes.Reading;
import airworthy.probes.kubernetes.ApiAnswer;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Deletes a Job, and sees it and its pods gone.
 *
 * @param cluster where it is
 * @param job ours by its name, which no other run has
 * @param pods its pods
 */
record JobRemoval(KubernetesConnection cluster, LoadJob job, WorkerPods pods) {
    /** Longer than a pod has to end, and an API server to come back. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    void remove() throws LeftBehindException, InterruptedException {
        long lastNs = System.nanoTime() + PATIENCE.toNanos();
        String asked = "";
        while (true) {
            String left;
            switch (cluster.get(job.ref())) {
                case Reading.Absent<String> _ -> left = podsLeft();
                case Reading.Unreadable<String>(String why) -> left = why;
                case Reading.Present<String>(String json) -> {
                    String uid = uid(json);
                    left = uid.equals(asked) ? "deleted, and still there" : delete(uid);
                    asked = left.isEmpty() ? uid : asked;
                    left = left.isEmpty() ? "just deleted" : left;
                }
            }
            if (left.isEmpty()) {
                return;
            }
            if (lastNs - System.nanoTime() < 0) {
                throw left(job, left + " after " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(INTERVAL);
        }
    }

    /** What is left, in words; a Job can be gone before its pods are. */
    private String podsLeft() throws InterruptedException {
        return switch (pods.all()) {
            case Reading.Present<List<WorkerPod>>(List<WorkerPod> there) ->
                there.stream().map(pod -> "pod " + pod.name()).collect(Collectors.joining(", "));
            case Reading.Absent<List<WorkerPod>> _ -> "";
            case Reading.Unreadable<List<WorkerPod>>(String why) -> why;
        };
    }

    /** Why it cannot be deleted; empty if that is under way. */
    private String delete(String uid) throws InterruptedException {
        return switch (cluster.delete(job.ref(), uid)) {
            case ApiAnswer.Ok _ -> "";
            case ApiAnswer.Refused(int status, String _) when status == NOT_FOUND || status == CONFLICT -> "";
            case ApiAnswer.Refused(int status, String message) -> "deletion refused: " + status + ", " + message;
            case ApiAnswer.Failed(String why) -> why;
        };
    }

    private static String uid(String json) {
        try {
            JsonNode object = new JsonMapper().readTree(json);
            return object.at("/metadata/uid").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that was read as JSON is none", e);
        }
    }

    /** What a person is told. */
    static LeftBehindException left(LoadJob job, String why) {
        return new LeftBehindException(
                "LEFT BEHIND: " + job.ref() + " and its pods: " + why + "; remove them by: kubectl"
                        + " delete job -n " + job.namespace() + " " + job.ref().name()
                        + " (its own deadline ends them at the latest)");
    }
}
