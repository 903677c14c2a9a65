package airworthy.faults.accelerator;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Assignment;
import airworthy.faults.JsonValue;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.faults.kubernetes.ToyApi;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.Share;
import airworthy.model.Target;
import airworthy.probes.kubernetes.DeviceProbe;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcceleratorByPodTest {
    private static final RunMark MARK = new RunMark("r7", "ops@example.com", Instant.parse("2026-11-29T12:00:00Z"));
    private static final Fault HELD = new Fault.MemoryHeld(256);

    @Test
    void aPodOfOursSharesTheClaimAndIsToldOnceItIsReady() throws InterruptedException {
        try (ToyApi api = cluster(true)) {
            Planning.Planned planned = planned(api, HELD);
            Change.CreateObject pod = (Change.CreateObject) planned.changes().get(0);
            Change.PullLeverOnceReady lever =
                    (Change.PullLeverOnceReady) planned.changes().get(1);
            JsonNode spec = JsonValue.parse(pod.manifest()).node().path("spec");

            assertThat(pod.object().namespace()).contains("team-a");
            assertThat(spec.at("/resourceClaims/0/resourceClaimName").asText()).isEqualTo("chat-0-gpu-x7");
            assertThat(spec.at("/containers/0/resources/claims/0/name").asText())
                    .isEqualTo(spec.at("/resourceClaims/0/name").asText());
            assertThat(spec.at("/containers/0/args").toString())
                    .isEqualTo("[\"serve\",\"--admin\",\"0.0.0.0:9411\",\"--expires\",\"2026-11-29T12:00:00Z\"]");
            assertThat(lever.pod()).isEqualTo(pod.object());
            assertThat(lever.pull().lever().getPath())
                    .endsWith("/pods/" + pod.object().name() + ":9411/proxy/admin/levers/leaveFreeMiB");
            assertThat(lever.pull().ours()).isEqualTo("256");
            assertThat(lever.pull().prior()).isEqualTo("-1");
            assertThat(AcceleratorByPod.device(planned).orElseThrow().getPath()).endsWith(":9411/proxy/admin/device");
            assertThat(planned.namespaces()).containsExactly("team-a");
            assertThat(planned.devices()).isEqualTo(1);
            assertThat(planned.preparing()).isEqualTo(1);
            assertThat(planned.touches()).contains(Layer.NVML, Layer.EXPORTER).doesNotContain(Layer.KERNEL_LOG);
        }
    }

    @Test
    void aNeighbourComputesForAShareOfTheTime() throws InterruptedException {
        try (ToyApi api = cluster(true)) {
            Change.PullLever pull = ((Change.PullLeverOnceReady) planned(api, new Fault.NoisyNeighbour(new Share(0.9)))
                            .changes()
                            .get(1))
                    .pull();

            assertThat(pull.lever().getPath()).endsWith("/dutyPercent");
            assertThat(pull.ours()).isEqualTo("90");
            assertThat(pull.prior()).isEqualTo("0");
        }
    }

    @Test
    void thePodGoesWhereTheOtherIsAndHasNoRightsButTheDevice() throws InterruptedException {
        try (ToyApi api = cluster(true)) {
            JsonNode spec = JsonValue.parse(
                            ((Change.CreateObject) planned(api, HELD).changes().get(0)).manifest())
                    .node()
                    .path("spec");

            assertThat(spec.at("/tolerations/0/key").asText()).isEqualTo("gpus-only");
            assertThat(spec.path("runtimeClassName").asText()).isEqualTo("nvidia");
            assertThat(spec.has("nodeName"))
                    .as("the scheduler reserves the claim")
                    .isFalse();
            assertThat(spec.path("restartPolicy").asText()).isEqualTo("Never");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/containers/0/securityContext/capabilities/drop/0")
                            .asText())
                    .isEqualTo("ALL");
            assertThat(spec.at("/containers/0/securityContext/privileged").isMissingNode())
                    .isTrue();
        }
    }

    @Test
    void nothingThatIsMadeTellsWhatItIsFor() throws InterruptedException {
        try (ToyApi api = cluster(true)) {
            String manifest = ((Change.CreateObject)
                            planned(api, HELD).changes().get(0))
                    .manifest()
                    .toLowerCase(Locale.ROOT)
                    .replace("nvidia_driver_capabilities", "");

            assertThat(manifest)
                    .contains("\"airworthy/run\":\"r7\"")
                    .doesNotContain("hold", "held", "leave", "duty", "burn", "chaos", "neighbour");
        }
    }

    @Test
    void aDeviceThatIsHeldByNoClaimIsNotReached() throws InterruptedException {
        try (ToyApi api = cluster(false)) {
            assertThat(plan(api, HELD, Optional.of("image")))
                    .isInstanceOfSatisfying(
                            Planning.NotApplicable.class,
                            none -> assertThat(none.why()).contains("chat-0 holds device gpu-0 by no claim"));
        }
    }

    @Test
    void withoutAnImageItIsNotReached() throws InterruptedException {
        try (ToyApi api = cluster(true)) {
            assertThat(plan(api, HELD, Optional.empty()))
                    .isInstanceOfSatisfying(
                            Planning.NotApplicable.class,
                            none -> assertThat(none.why()).contains("harness.acceleratorImage"));
        }
    }

    private static Planning.Planned planned(ToyApi api, Fault fault) throws InterruptedException {
        return (Planning.Planned) plan(api, fault, Optional.of("example.com/accelerator:1"));
    }

    private static Planning plan(ToyApi api, Fault fault, Optional<String> image) throws InterruptedException {
        Target target = new Target(
                "device gpu-0",
                Map.of(Dimension.NAMESPACE, "team-a", Dimension.DEVICE, "gpu-0"),
                Map.of(),
                Optional.of("chat"),
                Optional.of("chat-0"),
                List.of());
        return new AcceleratorByPod(api.connection(), new DeviceProbe(api.connection()), image)
                .plan(new Assignment(fault, target, Optional.empty(), MARK));
    }

    private static ToyApi cluster(boolean claimed) {
        ToyApi api = new ToyApi();
        api.put("/api/v1/namespaces/team-a/pods/chat-0", """
            {"metadata": {"name": "chat-0", "namespace": "team-a"},
             "spec": {"nodeName": "node-1", "runtimeClassName": "nvidia", "tolerations": [{"key": "gpus-only"}]}}
            """);
        api.put("/apis/resource.k8s.io/v1/namespaces/team-a/resourceclaims/chat-0-gpu-x7", """
            {"metadata": {"name": "chat-0-gpu-x7", "namespace": "team-a"},
             "status": {"reservedFor": [{"resource": "pods", "name": "%s"}],
              "allocation": {"devices": {"results": [{"driver": "gpu.example.com", "pool": "node-1", "device": "gpu-0"}]}}}}
            """.formatted(
                        claimed ? "chat-0" : "other"));
        return api;
    }
}
