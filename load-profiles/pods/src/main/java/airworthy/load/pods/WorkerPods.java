package airworthy.load.pods;

import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks at the pods of a Job, and at what the cluster says of it. Thread-safe. */
final class WorkerPods {
    private static final JsonMapper JSON = new JsonMapper();

    private final KubernetesConnection cluster;
    private final LoadJob job;

    WorkerPods(KubernetesConnection cluster, LoadJob job) {
        this.cluster = cluster;
        this.job = job;
    }

    /** All there are, those that are going away too. */
    Reading<List<WorkerPod>> all() throws InterruptedException {
        return cluster.list("v1", "Pod", Optional.of(job.namespace()), job.selector())
                .map(list -> items(list).stream().map(WorkerPod::new).toList());
    }

    /** How they stand; not yet while they cannot be seen. */
    Standing standing() throws InterruptedException {
        return switch (all()) {
            case Reading.Present<List<WorkerPod>>(List<WorkerPod> pods) ->
                Standing.of(job.workers(), pods, pods.size() < job.workers() ? warnings() : List.of());
            case Reading.Absent<List<WorkerPod>>(String how) -> new Standing.NotYet(how);
            case Reading.Unreadable<List<WorkerPod>>(String why) -> new Standing.NotYet(why);
        };
    }

    /** How a worker ended, if it has. */
    Optional<String> ended(Worker worker) throws InterruptedException {
        if (all() instanceof Reading.Present<List<WorkerPod>>(List<WorkerPod> pods)) {
            for (WorkerPod pod : pods) {
                if (pod.name().equals(worker.pod()) && pod.state() instanceof WorkerPod.State.Ended(String how)) {
                    return Optional.of(how);
                }
            }
        }
        return Optional.empty();
    }

    /** Warnings about the Job itself, newest last; none where events may not be seen. */
    private List<String> warnings() throws InterruptedException {
        if (cluster.list("v1", "Event", Optional.of(job.namespace()), "")
                instanceof Reading.Present<String>(String list)) {
            return items(list).stream()
                    .filter(event -> event.path("type").asText().equals("Warning"))
                    .filter(event -> event.at("/involvedObject/name")
                            .asText()
                            .equals(job.ref().name()))
                    .sorted(Comparator.comparing(
                            event -> event.path("lastTimestamp").asText()))
                    .map(event -> event.path("message").asText())
                    .toList();
        }
        return List.of();
    }

    private static List<JsonNode> items(String list) {
        try {
            List<JsonNode> items = new ArrayList<>();
            JSON.readTree(list).path("items").forEach(items::add);
            return items;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that was read as JSON is none", e);
        }
    }
}
