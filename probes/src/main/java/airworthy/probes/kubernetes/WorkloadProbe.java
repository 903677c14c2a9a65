package airworthy.probes.kubernetes;

import airworthy.model.ObjectRef;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads workloads, and which pods are theirs by owner references. Thread-safe. */
public final class WorkloadProbe {
    private static final Map<String, Kind> KINDS = Map.of(
            "deployment", new Kind("apps/v1", "Deployment"),
            "statefulset", new Kind("apps/v1", "StatefulSet"),
            "daemonset", new Kind("apps/v1", "DaemonSet"),
            "replicaset", new Kind("apps/v1", "ReplicaSet"),
            "job", new Kind("batch/v1", "Job"),
            "pod", new Kind("v1", "Pod"));

    private final KubernetesConnection cluster;

    public WorkloadProbe(KubernetesConnection cluster) {
        this.cluster = cluster;
    }

    /** A workload with its pods. Absent if there is no such controller. */
    public Reading<Workload> workload(WorkloadRef ref) throws InterruptedException {
        return NotRead.reading(() -> read(ref));
    }

    /** What is written on a namespace. */
    public Reading<Metadata> namespace(String name) throws InterruptedException {
        return NotRead.reading(() -> Metadata.of(cluster.object(namespaceRef(name))));
    }

    /** The pods of a workload, whether they have ended or not. */
    List<JsonNode> pods(WorkloadRef ref) throws NotRead, InterruptedException {
        return pods(ref, cluster.object(object(ref)));
    }

    private Workload read(WorkloadRef ref) throws NotRead, InterruptedException {
        JsonNode controller = cluster.object(object(ref));
        Metadata namespace = Metadata.of(cluster.object(namespaceRef(ref.namespace())));
        List<Replica> replicas = pods(ref, controller).stream()
                .filter(pod -> !ended(pod))
                .map(Replica::of)
                .sorted(Comparator.comparing(Replica::name))
                .toList();
        return new Workload(ref, Metadata.of(controller), namespace, replicas);
    }

    private List<JsonNode> pods(WorkloadRef ref, JsonNode controller) throws NotRead, InterruptedException {
        if (ref.kind().equals("pod")) {
            return List.of(controller);
        }
        Optional<String> namespace = Optional.of(ref.namespace());
        Set<String> owners = new HashSet<>(Set.of(uid(controller)));
        if (ref.kind().equals("deployment")) {
            ownedBy(owners, cluster.items("apps/v1", "ReplicaSet", namespace))
                    .forEach(replicaSet -> owners.add(uid(replicaSet)));
        }
        return ownedBy(owners, cluster.items("v1", "Pod", namespace));
    }

    private static List<JsonNode> ownedBy(Set<String> owners, List<JsonNode> objects) {
        List<JsonNode> owned = new ArrayList<>();
        for (JsonNode object : objects) {
            for (JsonNode owner : object.at("/metadata/ownerReferences")) {
                if (owners.contains(owner.path("uid").asText())) {
                    owned.add(object);
                    break;
                }
            }
        }
        return owned;
    }

    private static boolean ended(JsonNode pod) {
        return Set.of("Succeeded", "Failed").contains(pod.at("/status/phase").asText());
    }

    private static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }

    static ObjectRef namespaceRef(String name) {
        return new ObjectRef("v1", "Namespace", Optional.empty(), name);
    }

    private static ObjectRef object(WorkloadRef ref) throws NotRead {
        Kind kind = KINDS.get(ref.kind());
        if (kind == null) {
            throw NotRead.unreadable("workload " + ref + ": kind " + ref.kind() + " is not known, expected one of "
                    + KINDS.keySet().stream().sorted().toList());
        }
        return new ObjectRef(kind.apiVersion(), kind.name(), Optional.of(ref.namespace()), ref.name());
    }

    private record Kind(String apiVersion, String name) {}
}
