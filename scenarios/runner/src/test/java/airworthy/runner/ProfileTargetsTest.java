package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Dimension;
import airworthy.model.PlatformProfile;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.WorkloadProbe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which accelerator a fault hits; that of other targets is seen in runs. */
class ProfileTargetsTest {
    private static final WorkloadRef CHAT = WorkloadRef.parse("team-a/deployment/chat");
    private static final TargetSelector ACCELERATOR = new TargetSelector.AllocatedAccelerator();

    private final ToyCluster cluster = new ToyCluster();

    ProfileTargetsTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void anAcceleratorIsOneThatAReadyReplicaHolds() throws Exception {
        assertThat(resolve(Set.of()))
                .isInstanceOfSatisfying(
                        Reading.Present.class,
                        present -> assertThat(present.value())
                                .isEqualTo(new Target(
                                        "device gpu.nvidia.com/gpu-1/gpu-3 of team-a/deployment/chat, replica chat-0",
                                        Map.of(
                                                Dimension.NAMESPACE, "team-a",
                                                Dimension.WORKLOAD, "chat",
                                                Dimension.MODEL, "m",
                                                Dimension.REPLICA, "chat-0",
                                                Dimension.NODE, "gpu-1",
                                                Dimension.DEVICE, "gpu-3",
                                                Dimension.TEAM, "ml"),
                                        Map.of("owner", "ml"),
                                        Optional.of("chat"),
                                        Optional.of("chat-0"),
                                        List.of())));
    }

    @Test
    void aBystandersAcceleratorIsNeverHit() throws Exception {
        assertThat(resolve(Set.of(CHAT)))
                .isEqualTo(new Reading.Absent<>("no served model but bystanders holds an accelerator:"
                        + " the profile's inference list holds none"));
    }

    @Test
    void whatIsNotReadyHoldsNothingOrIsInTroubleAlreadyIsNotHit() throws Exception {
        cluster.publish("[{\"key\": \"x\", \"effect\": \"NoSchedule\"}]");
        assertNone();

        cluster.publish("");
        cluster.pods(ToyCluster.pod("chat-0", false, ""));
        assertNone();

        cluster.pods(ToyCluster.pod("chat-0", true, ""));
        cluster.claims();
        assertNone();
    }

    @Test
    void theSeedDecidesAmongSeveralAndDecidesTheSameEachTime() throws Exception {
        cluster.pods(ToyCluster.pod("chat-0", true, ""), ToyCluster.pod("chat-1", true, ""));
        cluster.claims(ToyCluster.claim("chat-0"), ToyCluster.claim("chat-1"));

        assertThat(LongStream.range(0, 20).mapToObj(this::replica).distinct())
                .containsExactlyInAnyOrder("chat-0", "chat-1");
        assertThat(replica(7)).isEqualTo(replica(7));
    }

    @Test
    void aNodeIsThatOfAHealthyDeviceThatAServedModelHolds() throws Exception {
        assertThat(targets(Set.of(), 1).resolve(new TargetSelector.AcceleratedNode()))
                .isEqualTo(new Reading.Present<>(new Target(
                        "node gpu-1, on whose accelerators team-a/deployment/chat runs",
                        Map.of(Dimension.NODE, "gpu-1"),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of())));
        cluster.claims();
        assertThat(targets(Set.of(), 1).resolve(new TargetSelector.AcceleratedNode()))
                .isInstanceOf(Reading.Absent.class);
    }

    private void assertNone() throws InterruptedException {
        assertThat(resolve(Set.of()))
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.how())
                                .contains("no ready replica of team-a/deployment/chat holds a healthy device"));
    }

    private String replica(long seed) {
        try {
            return targets(Set.of(), seed).resolve(ACCELERATOR) instanceof Reading.Present<Target>(Target target)
                    ? target.replica().orElse("")
                    : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Reading<Target> resolve(Set<WorkloadRef> bystanders) throws InterruptedException {
        return targets(bystanders, 1).resolve(ACCELERATOR);
    }

    private ProfileTargets targets(Set<WorkloadRef> bystanders, long seed) {
        PlatformProfile profile = new PlatformProfile(
                "toy",
                "test",
                Map.of(),
                Optional.empty(),
                new PlatformProfile.Consent(Set.of(), 0, 0, false, false, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new PlatformProfile.Inference(
                        "chat",
                        CHAT,
                        URI.create("http://127.0.0.1:1/v1"),
                        "m",
                        Optional.empty(),
                        8000,
                        new Slo(Duration.ofSeconds(1), Duration.ofSeconds(1)))),
                List.copyOf(bystanders),
                List.of(),
                new PlatformProfile.Ownership(List.of("owner"), Map.of(), Map.of()),
                new PlatformProfile.Alerts(Set.of(), Map.of(), Map.of()),
                Map.of(),
                PlatformProfile.Mocks.none(),
                PlatformProfile.HarnessImages.usual(),
                Set.of(),
                1);
        return new ProfileTargets(
                profile, new WorkloadProbe(cluster.connection()), new DeviceProbe(cluster.connection()), seed);
    }
}
