package airworthy.probes.kubernetes;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event.DeviceStanding;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeProbeTest {
    private static final String CLUSTER = """
        {apiVersion: v1, kind: Node, metadata: {name: gpu-1}}
        ---
        {apiVersion: v1, kind: Node, metadata: {name: gpu-2}, spec: {unschedulable: true}}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: old}
        spec:
          driver: gpu.nvidia.com
          nodeName: gpu-1
          pool: {name: gpu-1, generation: 1}
          devices: [{name: gpu-7}]
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: new}
        spec:
          driver: gpu.nvidia.com
          nodeName: gpu-1
          pool: {name: gpu-1, generation: 2}
          devices:
          - {name: gpu-0}
          - {name: gpu-1, taints: [{key: x, effect: NoSchedule}]}
          - {name: gpu-2, taints: [{key: x, effect: None}]}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: elsewhere}
        spec:
          driver: gpu.nvidia.com
          nodeName: gpu-2
          pool: {name: gpu-2, generation: 1}
          devices: [{name: gpu-0}]
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {name: chat-gpu, namespace: team-a, uid: c}
        status:
          allocation: {devices: {results: [{driver: gpu.nvidia.com, pool: gpu-1, device: gpu-0}]}}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {name: other, namespace: team-b, uid: d}
        status:
          allocation: {devices: {results: [{driver: gpu.nvidia.com, pool: gpu-2, device: gpu-0}]}}
        """;

    @Test
    void aNodesDevicesAreSeenWithWhoHoldsThem() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            NodeDevices seen = present(new NodeProbe(api.connection()).devices("gpu-1"));

            assertThat(seen.devices())
                    .isEqualTo(Map.of(
                            "gpu.nvidia.com/gpu-1/gpu-0", DeviceStanding.ALLOCATABLE,
                            "gpu.nvidia.com/gpu-1/gpu-1", DeviceStanding.TAINTED,
                            "gpu.nvidia.com/gpu-1/gpu-2", DeviceStanding.ALLOCATABLE));
            assertThat(seen.holders()).isEqualTo(Map.of("c", "team-a/chat-gpu"));
            assertThat(seen.unschedulable()).isFalse();
            assertThat(seen.free()).as("gpu-2 alone").isEqualTo(1);
        }
    }

    @Test
    void aCordonedNodeHasNothingFree() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            NodeProbe probe = new NodeProbe(api.connection());

            assertThat(present(probe.devices("gpu-2")).unschedulable()).isTrue();
            assertThat(present(probe.devices("gpu-2")).free()).isZero();
            assertThat(absent(probe.devices("gpu-3"))).contains("not found");
        }
    }
}
