package airworthy.load.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a Job's pods while they are waited for. */
class StandingTest {
    private static final String RUNS = "phase: Running, containerStatuses: [{state: {running: {}}}]";

    private static WorkerPod pod(int index, String status) throws JsonProcessingException {
        return new WorkerPod(new YAMLMapper().readTree("""
                metadata:
                  name: w-%d
                  annotations: {batch.kubernetes.io/job-completion-index: "%d"}
                spec: {nodeName: node-%d}
                status: {%s}
                """.formatted(index, index, index, status)));
    }

    private static Standing of(int wanted, String... statuses) throws JsonProcessingException {
        List<WorkerPod> pods = new ArrayList<>();
        for (String status : statuses) {
            pods.addFirst(pod(pods.size(), status));
        }
        return Standing.of(wanted, pods, List.of());
    }

    @Test
    void allThatRunAreGivenByTheirIndex() throws JsonProcessingException {
        assertThat(of(2, RUNS, RUNS))
                .isEqualTo(
                        new Standing.AllRun(List.of(new Worker(0, "w-0", "node-0"), new Worker(1, "w-1", "node-1"))));
    }

    @Test
    void aPodWithoutANodeSaysWhatTheSchedulerSays() throws JsonProcessingException {
        assertThat(of(2, RUNS, """
                phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable,
                message: "0/1 nodes are available: 1 Insufficient cpu."}]"""))
                .isEqualTo(new Standing.NotYet("1 of 2 run; pod w-1: Unschedulable: 0/1 nodes are available: 1"
                        + " Insufficient cpu.; ask for less by --worker-cpu, or for fewer --workers"));
    }

    @Test
    void anImageThatIsBeingPulledIsWaitedFor() throws JsonProcessingException {
        assertThat(of(1, "phase: Pending, containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]"))
                .isEqualTo(new Standing.NotYet("0 of 1 run; pod w-0: ContainerCreating"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"})
    void anImageThatIsNotToBeHadIsNotWaitedFor(String reason) throws JsonProcessingException {
        Standing found = of(
                1,
                "phase: Pending, containerStatuses: [{state: {waiting: {reason: " + reason
                        + ", message: no such image}}}]");

        assertThat(found)
                .isEqualTo(new Standing.Hopeless("pod w-0: " + reason + ": no such image; name an image that the"
                        + " cluster's nodes have or can pull by --worker-image"));
    }

    @Test
    void aWorkerThatEndsAtOnceSaysItsLastWords() throws JsonProcessingException {
        Standing found = of(2, RUNS, """
                phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 1, reason: Error,
                message: "no class LoadMain"}}}]""");

        assertThat(found)
                .isEqualTo(new Standing.Hopeless("the worker of pod w-1 ended with exit code 1: Error: no class"
                        + " LoadMain before it was told to begin"));
    }

    @Test
    void aPodThatTheClusterEndedSaysWhy() throws JsonProcessingException {
        assertThat(of(1, "phase: Failed, reason: Evicted, message: low on memory"))
                .isEqualTo(new Standing.Hopeless("the worker of pod w-0 was ended by the cluster: Evicted: low on"
                        + " memory before it was told to begin"));
    }

    @Test
    void podsThatAreNotEvenMadeAreExplainedByTheLatestWarning() throws JsonProcessingException {
        assertThat(Standing.of(3, List.of(pod(0, RUNS)), List.of("an older word", "exceeded quota: small")))
                .isEqualTo(new Standing.NotYet("1 of 3 run; pods are not made: exceeded quota: small"));
    }
}
