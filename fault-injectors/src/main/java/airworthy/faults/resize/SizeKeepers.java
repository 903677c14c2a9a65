package airworthy.faults.resize;

import airworthy.faults.JsonValue;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who would put a pod's size back under us. Kubernetes' own controllers do not: they compare the template, which is not
 * touched, and so does GitOps, which knows the controller and not its pods.
 */
final class SizeKeepers {
    private static final Set<String> LEAVE_PODS_ALONE =
            Set.of("ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController");
    /** Modes of a vertical autoscaler in which pods that run are left as they are. */
    private static final Set<String> ONLY_NEW_PODS = Set.of("Off", "Initial");

    private final KubernetesConnection cluster;

    SizeKeepers(KubernetesConnection cluster) {
        this.cluster = cluster;
    }

    /** Who keeps the size of this pod, if somebody does. */
    Reading<Optional<String>> of(JsonNode pod, WorkloadRef workload) throws InterruptedException {
        for (JsonNode owner : pod.at("/metadata/ownerReferences")) {
            if (!LEAVE_PODS_ALONE.contains(owner.path("kind").asText())) {
                return new Reading.Present<>(Optional.of("the pod is owned by "
                        + owner.path("kind").asText() + " " + owner.path("name").asText()));
            }
        }
        return switch (cluster.list(
                "autoscaling.k8s.io/v1", "VerticalPodAutoscaler", Optional.of(workload.namespace()), "")) {
            case Reading.Present<String>(String list) ->
                new Reading.Present<>(autoscaler(JsonValue.parse(list), workload));
            case Reading.Absent<String> _ -> new Reading.Present<>(Optional.empty());
            case Reading.Unreadable<String>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    private static Optional<String> autoscaler(JsonValue list, WorkloadRef workload) {
        for (JsonNode each : list.node().path("items")) {
            JsonNode target = each.at("/spec/targetRef");
            if (target.path("kind").asText().toLowerCase(Locale.ROOT).equals(workload.kind())
                    && target.path("name").asText().equals(workload.name())
                    && !ONLY_NEW_PODS.contains(
                            each.at("/spec/updatePolicy/updateMode").asText())) {
                return Optional.of(
                        "VerticalPodAutoscaler " + each.at("/metadata/name").asText() + " sizes " + workload);
            }
        }
        return Optional.empty();
    }
}
