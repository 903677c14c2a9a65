package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.model.Event;
import airworthy.model.Event.DeviceStanding;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.exporter.ExporterProbe;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.runner.ToyCluster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceLostWatchTest {
    private static final ScenarioId SCH2 = new ScenarioId("SCH-2");
    private static final String TAINT = "[{\"key\": \"gpu.nvidia.com/gpu-lost\", \"effect\": \"NoSchedule\"}]";

    private final ToyCluster cluster = new ToyCluster();
    private final HttpCaller caller = new HttpCaller(new Names(Map.of()), Limits.standard());
    private final List<Event> journal = new CopyOnWriteArrayList<>();
    private final DeviceLostWatch watch = new DeviceLostWatch(
            new DeviceLostWatch.Hit(SCH2, WorkloadRef.parse("team-a/deployment/chat"), "chat-0", "gpu-1", "gpu-3"),
            new DeviceLostWatch.Instruments(
                    new DeviceProbe(cluster.connection()),
                    new PodProbe(cluster.connection()),
                    new ExporterProbe(new HttpReads(caller)),
                    new Reading.Present<>(cluster.base().resolve(ToyCluster.EXPORTER))),
            (at, event) -> journal.add(event),
            Stamps.ofThisMachine());

    DeviceLostWatchTest() throws IOException {}

    @AfterEach
    void close() {
        watch.close();
        caller.close();
        cluster.close();
    }

    @Test
    void aSoundDeviceIsNotLost() throws Exception {
        watch.before();

        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isFalse();
        assertThat(seen.how())
                .contains(
                        "gpu.nvidia.com/gpu-1/gpu-3 is published as allocatable",
                        "tells XID 0 of gpu-3",
                        "calls its device Healthy");
    }

    @Test
    void theDriversTaintIsSeenFirst() throws Exception {
        watch.before();
        cluster.publish(TAINT);
        cluster.exports(79, -1);

        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isTrue();
        assertThat(seen.layer()).isEqualTo(Layer.DEVICE_TAINT);
        assertThat(seen.how()).contains("gpu.nvidia.com/gpu-lost=:NoSchedule");
    }

    @Test
    void aWithdrawnDeviceIsLostToo() throws Exception {
        watch.before();
        cluster.withdraw();

        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isTrue();
        assertThat(seen.how()).contains("is published no more");
    }

    @Test
    void whereTheDriverNoticesNothingTheExporterTells() throws Exception {
        watch.before();
        cluster.exports(79, -1);

        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isTrue();
        assertThat(seen.layer()).isEqualTo(Layer.EXPORTER);
        assertThat(seen.how()).contains("tells XID 79 of gpu-3 (0 before the fault) and 0 other figures (1 before)");
    }

    @Test
    void anXidOfBeforeTheFaultSaysNothingOfIt() throws Exception {
        cluster.exports(79, 60);
        watch.before();

        assertThat(watch.look().holds()).isFalse();
    }

    @Test
    void whereNeitherTellsTheKubeletMay() throws Exception {
        watch.before();
        cluster.pods(ToyCluster.pod("chat-0", true, "Unhealthy"));

        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isTrue();
        assertThat(seen.layer()).isEqualTo(Layer.WORKLOAD);
    }

    @Test
    void whoHoldsTheDeviceAndWhatRunsIsJournalledWhenItChangesAndAtEachLook() throws Exception {
        watch.before();
        assertThat(journal)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("SignalSampled", "DeviceSeen", "PodsSeen");
        cluster.exports(79, -1);
        cluster.publish(TAINT);
        cluster.claims();
        cluster.pods(ToyCluster.pod("chat-1", false, ""));

        await().until(() -> journal.stream()
                .anyMatch(event -> event instanceof Event.DeviceSeen device
                        && device.standing() == DeviceStanding.TAINTED
                        && device.holders().isEmpty()));
        await().until(() -> journal.stream()
                .anyMatch(event -> event instanceof Event.PodsSeen pods
                        && pods.pods().getFirst().name().equals("chat-1")
                        && pods.pods().getFirst().condition() == Event.PodCondition.NOT_READY));
        await().until(() -> journal.contains(new Event.SignalSampled(SCH2, "last-xid", "gpu-1/gpu-3", 79, "code")));
        watch.close();
        int before = journal.size();
        watch.look();
        assertThat(journal).as("unchanged, and seen again").hasSize(before + 2);
    }

    @Test
    void aPodThatHeldNoSuchDeviceLeavesNothingToBeSaid() throws Exception {
        cluster.claims();
        watch.before();
        cluster.publish(TAINT);

        Event.LandedSeen seen = watch.look();
        assertThat(seen.holds()).isFalse();
        assertThat(seen.how()).contains("pod chat-0 held no device gpu-3 before the fault");
    }
}
