package airworthy.probes.kubernetes;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import airworthy.model.Event.PodCondition;
import airworthy.model.Event.PodSeen;
import airworthy.model.WorkloadRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodProbeTest {
    private static final String CLUSTER = """
        {apiVersion: v1, kind: Namespace, metadata: {name: team-a}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: chat, namespace: team-a, uid: d}}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: chat-1, namespace: team-a, uid: r, ownerReferences: [{uid: d}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: chat-1-a, namespace: team-a, uid: a, ownerReferences: [{uid: r}]}
        spec: {nodeName: gpu-1}
        status:
          phase: Running
          conditions: [{type: Ready, status: "True"}]
          containerStatuses:
          - restartCount: 1
            allocatedResourcesStatus:
            - {name: "claim:gpu", resources: [{resourceID: gpu.nvidia.com/gpu-1/gpu-3, health: Unhealthy}]}
          - {restartCount: 2}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: chat-1-b, namespace: team-a, uid: b, ownerReferences: [{uid: r}]}
        spec: {nodeName: gpu-2}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: batch, namespace: team-b, uid: c}
        spec: {nodeName: gpu-1}
        status: {phase: Succeeded}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: elsewhere, namespace: team-b, uid: e}
        spec: {nodeName: gpu-2}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: ours, namespace: team-b, uid: f, labels: {airworthy/run: x}}
        spec: {nodeName: gpu-1}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: driver-1, namespace: gpu-system, uid: g, labels: {app: driver, tier: node}}
        spec: {nodeName: gpu-1}

        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {name: chat-1-a-gpu, namespace: team-a, uid: h}
        status:
          reservedFor: [{resource: pods, name: chat-1-a, uid: a}]
          allocation: {devices: {results: [{driver: gpu.nvidia.com, pool: gpu-1, device: gpu-3}]}}
        """;

    @Test
    void podsAreFoundByALabelAlsoThoseThatWeMade() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            List<PodSeen> found = present(new PodProbe(api.connection()).labelled("team-b", "airworthy/run", "x"));

            assertThat(found).extracting(PodSeen::name).containsExactly("ours");
            assertThat(found.getFirst().condition()).isEqualTo(PodCondition.NOT_READY);
            assertThat(present(new PodProbe(api.connection()).labelled("team-b", "airworthy/run", "y")))
                    .isEmpty();
        }
    }

    @Test
    void thePodsOfANodeAndOfAWorkloadAreSeenWithTheirDevices() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            List<PodSeen> pods = present(
                    new PodProbe(api.connection()).around("gpu-1", WorkloadRef.parse("team-a/deployment/chat")));

            assertThat(pods)
                    .extracting(PodSeen::name)
                    .as("not those of other nodes that belong to others, and not our own")
                    .containsExactly("driver-1", "chat-1-a", "chat-1-b", "batch");
            assertThat(pods)
                    .contains(new PodSeen(
                            "team-a",
                            "chat-1-a",
                            "a",
                            Optional.of("gpu-1"),
                            true,
                            PodCondition.READY,
                            3,
                            List.of("gpu.nvidia.com/gpu-1/gpu-3")))
                    .contains(new PodSeen(
                            "team-b", "batch", "c", Optional.of("gpu-1"), false, PodCondition.SUCCEEDED, 0, List.of()));
        }
    }

    @Test
    void thePodsThatHoldAcceleratorsAreSeenWhereverTheyAre() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            PodProbe probe = new PodProbe(api.connection());

            assertThat(present(probe.holdingDevices("gpu-1")))
                    .extracting(PodSeen::name, PodSeen::ofTarget)
                    .containsExactly(tuple("chat-1-a", true));
            assertThat(present(probe.holdingDevices("gpu-2")))
                    .extracting(PodSeen::name, PodSeen::ofTarget)
                    .containsExactly(tuple("chat-1-a", false));
        }
    }

    @Test
    void aPodOfANodeIsFoundByAllOfItsLabels() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            PodProbe probe = new PodProbe(api.connection());

            assertThat(present(probe.onNode("gpu-1", "gpu-system", Map.of("app", "driver", "tier", "node"))))
                    .extracting(Replica::name)
                    .containsExactly("driver-1");
            assertThat(present(probe.onNode("gpu-1", "gpu-system", Map.of("app", "driver", "tier", "control"))))
                    .isEmpty();
            assertThat(present(probe.onNode("gpu-2", "gpu-system", Map.of("app", "driver"))))
                    .isEmpty();
        }
    }

    @Test
    void theKubeletsWordOnADeviceIsRead() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            PodProbe probe = new PodProbe(api.connection());
            DeviceId held = new DeviceId("gpu.nvidia.com", "gpu-1", "gpu-3");

            assertThat(present(probe.deviceHealth("team-a", "chat-1-a", held))).isEqualTo("Unhealthy");
            assertThat(absent(probe.deviceHealth("team-a", "chat-1-b", held))).contains("holds no health of");
            assertThat(absent(probe.deviceHealth("team-a", "gone", held))).contains("not found");
        }
    }

    @Test
    void aContainerThatEndsAgainAndAgainIsToldFromOneThatIsNotReadyYet() throws Exception {
        try (CannedApi api = new CannedApi("""
            apiVersion: v1
            kind: Pod
            metadata: {name: chat-0, namespace: team-a, uid: a, labels: {app: chat}}
            status:
              phase: Running
              containerStatuses:
              - restartCount: 1
                state: {waiting: {reason: CrashLoopBackOff}}
                lastState: {terminated: {exitCode: 1, message: "out of memory"}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: chat-1, namespace: team-a, uid: b, labels: {app: chat}}
            status: {phase: Running, containerStatuses: [{restartCount: 0, state: {running: {}}}]}
            """)) {
            PodProbe probe = new PodProbe(api.connection());

            assertThat(present(probe.labelled("team-a", "app", "chat")))
                    .extracting(PodSeen::condition)
                    .containsExactly(PodCondition.CRASH_LOOPING, PodCondition.NOT_READY);
            assertThat(present(probe.lastWords("team-a", "chat-0"))).isEqualTo("out of memory");
            assertThat(absent(probe.lastWords("team-a", "chat-1"))).contains("no container of pod team-a/chat-1");
        }
    }
}
