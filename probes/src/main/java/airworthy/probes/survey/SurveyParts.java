package airworthy.probes.survey;

import airworthy.model.Need;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import java.util.Map;

/**
 * What a survey asks of the cluster and of the machine's secrets. Each read is bounded in time.
 *
 * @param kubernetesVersion the API server's git version
 * @param deviceSlices how many ResourceSlices there are
 * @param readyReplicas how many replicas of a workload are ready
 * @param owners the ownership keys of the profile that a workload carries, and their values; empty if it carries none
 * @param namespace a namespace's name if it exists
 * @param part what a cluster shows of a part that the profile does not name: what answers as it, and where
 * @param secret what a profile's {@code env:} or {@code file:} reference stands for
 */
public record SurveyParts(
        Look<String> kubernetesVersion,
        Look<Integer> deviceSlices,
        LookAt<WorkloadRef, Integer> readyReplicas,
        LookAt<WorkloadRef, ? extends Map<String, String>> owners,
        LookAt<String, String> namespace,
        LookAt<Need, String> part,
        LookAt<String, String> secret) {

    /** Reads one thing. */
    @FunctionalInterface
    public interface Look<T> {
        Reading<T> read() throws InterruptedException;
    }

    /** Reads something of a subject. */
    @FunctionalInterface
    public interface LookAt<S, T> {
        Reading<T> read(S subject) throws InterruptedException;
    }
}
