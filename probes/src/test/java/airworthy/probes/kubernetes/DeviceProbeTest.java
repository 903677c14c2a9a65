package airworthy.probes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event;
import airworthy.model.ScenarioId;
import airworthy.probes.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeviceProbeTest {
    private static final ScenarioId SCENARIO = new ScenarioId("SCH-1");
    private static final String CLUSTER = """
        {apiVersion: v1, kind: Namespace, metadata: {name: team-a}}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: accelerators, namespace: team-a}
        spec: {hard: {pods: "10", h100.deviceclass.resource.k8s.io/devices: "4"}}
        status: {used: {pods: "1", h100.deviceclass.resource.k8s.io/devices: "3"}}
        ---
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: h100}
        spec:
          selectors:
          - cel: {expression: "device.driver == 'gpu.example.com' && device.attributes['gpu.example.com'].type == 'gpu'"}
        ---
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: large}
        spec:
          selectors:
          - cel: {expression: "device.capacity['gpu.example.com'].memory.compareTo(quantity('80Gi')) >= 0"}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: stale}
        spec:
          driver: gpu.example.com
          pool: {name: node-1, generation: 1}
          devices: [{name: long-gone, attributes: {type: {string: gpu}}}]
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: fresh}
        spec:
          driver: gpu.example.com
          pool: {name: node-1, generation: 2}
          devices:
          - {name: gpu-0, attributes: {type: {string: gpu}}}
          - {name: gpu-1, attributes: {type: {string: gpu}}}
          - {name: gpu-2, attributes: {gpu.example.com/type: {string: gpu}}}
          - {name: gpu-3, attributes: {type: {string: gpu}}, taints: [{key: lost, effect: NoSchedule}]}
          - {name: gpu-4, attributes: {type: {string: gpu}}, taints: [{key: note, effect: None}]}
          - {name: mig-0, attributes: {type: {string: mig}}}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {name: two, namespace: team-a, uid: claim-2}
        status:
          reservedFor: [{resource: pods, name: chat-0, uid: pod-0}]
          allocation:
            devices:
              results:
              - {driver: gpu.example.com, pool: node-1, device: gpu-0}
              - {driver: gpu.example.com, pool: node-1, device: gpu-3}
              - {driver: gpu.example.com, pool: node-1, device: gpu-1, adminAccess: true}
        ---
        {apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: waiting, namespace: team-a}}
        """;

    @Test
    void theClaimByWhichAPodHoldsADeviceIsNamed() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            DeviceProbe probe = new DeviceProbe(api.connection());

            assertThat(probe.claimOf("team-a", "chat-0", "gpu-0")).isEqualTo(new Reading.Present<>("two"));
            assertThat(probe.claimOf("team-a", "chat-0", "gpu-4"))
                    .isEqualTo(new Reading.Absent<>("pod team-a/chat-0 holds device gpu-4 by no claim"));
            assertThat(probe.claimOf("team-a", "chat-1", "gpu-0")).isInstanceOf(Reading.Absent.class);
        }
    }

    @Test
    void whatANamespaceHoldsIsCountedByClaimAndBesideItsQuota() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            assertThat(new DeviceProbe(api.connection()).held(SCENARIO, "team-a"))
                    .isEqualTo(new Reading.Present<>(new Event.DevicesHeld(
                            SCENARIO,
                            "team-a",
                            Optional.of("accelerators"),
                            OptionalInt.of(4),
                            OptionalInt.of(3),
                            new TreeMap<>(Map.of("two", 2)))));
        }
    }

    @Test
    void freeAreTheNewestDevicesOfTheClassThatNobodyHoldsAndNoTaintKeepsOut() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            assertThat(new DeviceProbe(api.connection()).free("h100"))
                    .as("gpu-1, gpu-2 and gpu-4")
                    .isEqualTo(new Reading.Present<>(3));
        }
    }

    @Test
    void aDeviceStandsAsItsNewestSliceHasIt() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            DeviceProbe probe = new DeviceProbe(api.connection());

            assertThat(probe.state(device("gpu-3")))
                    .isEqualTo(new Reading.Present<>(new DeviceState(
                            device("gpu-3"),
                            Event.DeviceStanding.TAINTED,
                            List.of("lost=:NoSchedule"),
                            new TreeMap<>(Map.of("claim-2", "team-a/two")))));
            assertThat(probe.state(device("gpu-4")).map(DeviceState::standing))
                    .as("a taint without effect keeps nobody out")
                    .isEqualTo(new Reading.Present<>(Event.DeviceStanding.ALLOCATABLE));
            assertThat(probe.state(device("long-gone")).map(DeviceState::standing))
                    .isEqualTo(new Reading.Present<>(Event.DeviceStanding.WITHDRAWN));
            assertThat(probe.state(device("gpu-1")).map(DeviceState::holders))
                    .as("who may only administer it does not hold it")
                    .isEqualTo(new Reading.Present<>(new TreeMap<>()));
        }
    }

    @Test
    void aPodHoldsWhatItsClaimsHold() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            assertThat(new DeviceProbe(api.connection()).heldByPods("team-a"))
                    .isEqualTo(new Reading.Present<>(
                            new TreeMap<>(Map.of("chat-0", List.of(device("gpu-0"), device("gpu-3"))))));
        }
    }

    private static DeviceId device(String name) {
        return new DeviceId("gpu.example.com", "node-1", name);
    }

    @Test
    void aClassThatCannotBeCountedIsUnreadableAndNotGuessed() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            assertThat(new DeviceProbe(api.connection()).free("large")).isInstanceOf(Reading.Unreadable.class);
            assertThat(new DeviceProbe(api.connection()).free("none")).isInstanceOf(Reading.Absent.class);
        }
    }

    @Test
    void theClassIsTheQuotasOrElseTheFirstByName() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER.replace("name: large", "name: a-first"))) {
            DeviceProbe probe = new DeviceProbe(api.connection());

            assertThat(probe.deviceClass("team-a")).isEqualTo(new Reading.Present<>("h100"));
            assertThat(probe.deviceClass("team-b")).isEqualTo(new Reading.Present<>("a-first"));
        }
    }

    @Test
    void aClusterWithoutDynamicResourcesIsAbsent() throws Exception {
        String none = CLUSTER.substring(0, CLUSTER.indexOf("---\napiVersion: resource.k8s.io"));
        try (CannedApi api = new CannedApi(none)) {
            assertThat(new DeviceProbe(api.connection()).held(SCENARIO, "team-a"))
                    .isInstanceOf(Reading.Absent.class);
        }
    }

    @Test
    void anOlderVersionWithTheSameFormServesAsWell() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER.replace("resource.k8s.io/v1", "resource.k8s.io/v1beta2"))) {
            DeviceProbe probe = new DeviceProbe(api.connection());

            assertThat(probe.apiVersion()).isEqualTo(new Reading.Present<>("resource.k8s.io/v1beta2"));
            assertThat(probe.free("h100")).isEqualTo(new Reading.Present<>(3));
        }
    }
}
