package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Event.DeviceStanding;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.ScenarioId;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.driver.DriverLogProbe;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.NodeProbe;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.runner.ToyCluster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverMismatchWatchTest {
    private static final ScenarioId OBS2 = new ScenarioId("OBS-2");
    private static final String SOUND =
            "gpu-1: NVML initialised; NVML library version: 550.163.1; kernel module version: 550.163.1\n";
    private static final String BROKEN = "gpu-1: Failed to initialize NVML: Driver/library version mismatch;"
            + " NVML library version: 570.195.3; kernel module version: 550.163.1\n";
    private static final Change.CreateObject CLAIM = new Change.CreateObject(
            new ObjectRef("resource.k8s.io/v1", "ResourceClaim", Optional.of("team-a"), "aw-1"), "{}", "r");

    private final ToyCluster cluster = new ToyCluster();
    private final HttpCaller caller = new HttpCaller(new Names(Map.of()), Limits.standard());
    private final List<Event> journal = new CopyOnWriteArrayList<>();
    private final DriverMismatchWatch watch = new DriverMismatchWatch(
            new DriverMismatchWatch.Hit(OBS2, "gpu-1", List.of(CLAIM)),
            new DriverMismatchWatch.Instruments(
                    new NodeProbe(cluster.connection()),
                    new PodProbe(cluster.connection()),
                    new DeviceProbe(cluster.connection()),
                    new DriverLogProbe(new HttpReads(caller)),
                    new Reading.Present<>(cluster.base().resolve(ToyCluster.LOG))),
            (at, event) -> journal.add(event),
            Stamps.ofThisMachine());

    DriverMismatchWatchTest() throws IOException {}

    @AfterEach
    void close() {
        watch.close();
        caller.close();
        cluster.close();
    }

    @Test
    void theDriversOwnLastWordTellsWhetherItHolds() throws Exception {
        watch.before();
        assertThat(watch.look().holds()).as("nothing said").isFalse();

        cluster.driverSays(SOUND + BROKEN);
        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isTrue();
        assertThat(seen.layer()).isEqualTo(Layer.NVML);
        assertThat(journal).contains(new Event.DriverSeen(OBS2, "gpu-1", "550.163.1", "570.195.3", BROKEN.strip()));

        cluster.driverSays(SOUND + BROKEN + SOUND);
        assertThat(watch.look().holds()).isFalse();
    }

    @Test
    void devicesPodsAndTheTenantsHoldingsAreJournalledWhenTheyChangeAndAtEachLook() throws Exception {
        watch.before();
        assertThat(journal)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("NodeDevicesSeen", "PodsSeen", "DevicesHeld");

        cluster.publish("[{\"key\": \"x\", \"effect\": \"NoSchedule\"}]");
        cluster.pods(ToyCluster.pod("chat-0", false, ""));
        await().until(() -> journal.stream()
                .anyMatch(event -> event instanceof Event.NodeDevicesSeen node
                        && node.devices().equals(Map.of("gpu.nvidia.com/gpu-1/gpu-3", DeviceStanding.TAINTED))
                        && node.holders().equals(Map.of("claim-chat-0", "team-a/chat-0-gpu"))));
        await().until(() -> journal.stream()
                .anyMatch(event -> event instanceof Event.PodsSeen pods
                        && pods.pods().getFirst().condition() == Event.PodCondition.NOT_READY));

        watch.close();
        int before = journal.size();
        watch.look();
        assertThat(journal).as("unchanged, and seen again").hasSize(before + 3);
    }

    @Test
    void theApisAnswerToTheClaimIsJournalled() {
        watch.made(CLAIM, new Applied.Refused(403, "exceeded quota"));

        assertThat(journal)
                .containsExactly(new Event.ClaimAsked(
                        OBS2,
                        Event.ClaimPurpose.NEXT_TENANT,
                        CLAIM.object(),
                        1,
                        false,
                        OptionalInt.of(403),
                        "exceeded quota"));
    }
}
