package airworthy.probes.kubernetes;

import airworthy.model.WorkloadRef;
import java.util.List;

/**
 * A workload as it stands.
 *
 * @param ref its name
 * @param controller what is written on the controller itself
 * @param namespace what is written on its namespace
 * @param replicas its pods that have not ended, sorted by name
 */
public record Workload(WorkloadRef ref, Metadata controller, Metadata namespace, List<Replica> replicas) {
    public Workload {
        replicas = List.copyOf(replicas);
    }
}
