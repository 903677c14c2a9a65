package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.model.WorkloadRef;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.exporter.DeviceReadings;
import airworthy.probes.exporter.ExporterProbe;
import airworthy.probes.kubernetes.DeviceId;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.DeviceState;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.runner.FaultWatch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Watches a device that is lost, and the pods on and beside it. The loss is seen where it is told first: in what the driver
 * publishes, else in what its exporter says when asked directly, else in what the kubelet says of the pod's device.
 */
public final class DeviceLostWatch implements FaultWatch {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final String UNHEALTHY = "Unhealthy";

    private final Hit hit;
    private final Instruments instruments;
    private final EventSink journal;
    private final Stamps stamps;
    private Reading<DeviceId> device = new Reading.Unreadable<>("not looked for before the fault");
    private Reading<DeviceReadings> exportedBefore = new Reading.Unreadable<>("not asked before the fault");
    private Optional<Event.DeviceSeen> lastDevice = Optional.empty();
    private Optional<Event.PodsSeen> lastPods = Optional.empty();
    private OptionalDouble lastXid = OptionalDouble.empty();
    private OptionalLong lastLookNs = OptionalLong.empty();
    private Optional<Repeating> looking = Optional.empty();

    /**
     * What is hit.
     *
     * @param scenario for whom
     * @param workload whose device
     * @param pod the pod that holds it
     * @param node where both are
     * @param device its name on the node
     */
    public record Hit(ScenarioId scenario, WorkloadRef workload, String pod, String node, String device) {}

    /**
     * What it is looked at with.
     *
     * @param devices what drivers publish
     * @param pods what runs
     * @param exporter asks exporters
     * @param page the page of the node's exporter
     */
    public record Instruments(DeviceProbe devices, PodProbe pods, ExporterProbe exporter, Reading<URI> page) {}

    public DeviceLostWatch(Hit hit, Instruments instruments, EventSink journal, Stamps stamps) {
        this.hit = hit;
        this.instruments = instruments;
        this.journal = journal;
        this.stamps = stamps;
    }

    @Override
    public void before() throws InterruptedException {
        device = find();
        exportedBefore = exported();
        lookAtAll();
        looking = Optional.of(Repeating.every(LOOK_EVERY, this::lookAtAll));
    }

    @Override
    public void made(Change change, Applied applied) {
        // one lever: what it does is seen at device and pods
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        lookAndRecord();
        return switch (device) {
            case Reading.Present<DeviceId>(DeviceId lost) -> landed(lost);
            case Reading.Absent<DeviceId>(String how) -> landed(Layer.DEVICE_TAINT, false, how);
            case Reading.Unreadable<DeviceId>(String why) -> landed(Layer.DEVICE_TAINT, false, why);
        };
    }

    private Event.LandedSeen landed(DeviceId lost) throws InterruptedException {
        Seen published = published(instruments.devices().state(lost));
        if (published.lost()) {
            return landed(Layer.DEVICE_TAINT, true, published.words());
        }
        Seen told = told(exported());
        if (told.lost()) {
            return landed(Layer.EXPORTER, true, told.words() + "; its driver: " + published.words());
        }
        Seen felt = felt(instruments.pods().deviceHealth(hit.workload().namespace(), hit.pod(), lost));
        return felt.lost()
                ? landed(Layer.WORKLOAD, true, felt.words() + "; its driver: " + published.words())
                : landed(
                        Layer.DEVICE_TAINT,
                        false,
                        published.words() + "; exporter: " + told.words() + "; kubelet: " + felt.words());
    }

    private static Seen published(Reading<DeviceState> reading) {
        return switch (reading) {
            case Reading.Present<DeviceState>(DeviceState now) ->
                new Seen(
                        now.standing() != Event.DeviceStanding.ALLOCATABLE,
                        switch (now.standing()) {
                            case ALLOCATABLE -> now.device() + " is published as allocatable";
                            case TAINTED -> now.device() + " is published with taints " + now.taints();
                            case WITHDRAWN -> now.device() + " is published no more";
                        });
            case Reading.Absent<DeviceState>(String how) -> new Seen(false, how);
            case Reading.Unreadable<DeviceState>(String why) -> new Seen(false, why);
        };
    }

    /** An XID of before the fault says nothing of it. */
    private Seen told(Reading<DeviceReadings> reading) {
        if (!(exportedBefore instanceof Reading.Present<DeviceReadings>(DeviceReadings before))) {
            return new Seen(false, "nothing to compare: before the fault " + exportedBefore);
        }
        return switch (reading) {
            case Reading.Present<DeviceReadings>(DeviceReadings now) -> {
                double xid = now.lastXid().orElse(0);
                boolean moved = xid != 0 && xid != before.lastXid().orElse(0);
                boolean silent = before.telemetry() > 0 && now.telemetry() == 0;
                yield new Seen(
                        moved || silent,
                        String.format(
                                Locale.ROOT,
                                "asked directly, the exporter of %s tells XID %.0f of %s (%.0f before the fault) and %d"
                                        + " other figures (%d before)",
                                hit.node(),
                                xid,
                                hit.device(),
                                before.lastXid().orElse(0),
                                now.telemetry(),
                                before.telemetry()));
            }
            case Reading.Absent<DeviceReadings>(String how) -> new Seen(false, how);
            case Reading.Unreadable<DeviceReadings>(String why) -> new Seen(false, why);
        };
    }

    private Seen felt(Reading<String> health) {
        return switch (health) {
            case Reading.Present<String>(String now) ->
                new Seen(now.equals(UNHEALTHY), "the status of pod " + hit.pod() + " calls its device " + now);
            case Reading.Absent<String>(String how) -> new Seen(false, how);
            case Reading.Unreadable<String>(String why) -> new Seen(false, why);
        };
    }

    @Override
    public void after() throws InterruptedException {
        lookAndRecord();
    }

    @Override
    public void close() {
        looking.ifPresent(Repeating::close);
    }

    private Event.LandedSeen landed(Layer layer, boolean holds, String how) {
        return new Event.LandedSeen(hit.scenario(), layer, holds, how);
    }

    private Reading<DeviceId> find() throws InterruptedException {
        Reading<SortedMap<String, List<DeviceId>>> held =
                instruments.devices().heldByPods(hit.workload().namespace());
        return switch (held) {
            case Reading.Present<SortedMap<String, List<DeviceId>>>(var byPod) ->
                byPod.getOrDefault(hit.pod(), List.of()).stream()
                        .filter(each -> each.device().equals(hit.device()))
                        .<Reading<DeviceId>>map(Reading.Present::new)
                        .findFirst()
                        .orElseGet(() -> new Reading.Absent<>(
                                "pod " + hit.pod() + " held no device " + hit.device() + " before the fault"));
            case Reading.Absent<SortedMap<String, List<DeviceId>>>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<SortedMap<String, List<DeviceId>>>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    private Reading<DeviceReadings> exported() throws InterruptedException {
        return switch (instruments.page()) {
            case Reading.Present<URI>(URI page) -> instruments.exporter().read(page, hit.node(), hit.device());
            case Reading.Absent<URI>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<URI>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    /** What did not change is evidence too: that it was looked at, and when. */
    private synchronized void lookAndRecord() throws InterruptedException {
        lastDevice = Optional.empty();
        lastPods = Optional.empty();
        lookAtAll();
    }

    private synchronized void lookAtAll() throws InterruptedException {
        long begun = stamps.monotonic().getAsLong();
        long since = lastLookNs.orElse(begun);
        lastLookNs = OptionalLong.of(begun);
        if (exported() instanceof Reading.Present<DeviceReadings>(DeviceReadings now)
                && now.lastXid().isPresent()
                && !now.lastXid().equals(lastXid)) {
            lastXid = now.lastXid();
            record(
                    "exporter",
                    new Event.SignalSampled(
                            hit.scenario(),
                            "last-xid",
                            hit.node() + "/" + hit.device(),
                            now.lastXid().getAsDouble(),
                            "code"),
                    since);
        }
        if (device instanceof Reading.Present<DeviceId>(DeviceId known)
                && instruments.devices().state(known) instanceof Reading.Present<DeviceState>(DeviceState state)) {
            Event.DeviceSeen seen = state.event(hit.scenario());
            if (lastDevice.filter(seen::equals).isEmpty()) {
                lastDevice = Optional.of(seen);
                record("kubernetes", seen, since);
            }
        }
        if (instruments.pods().around(hit.node(), hit.workload())
                instanceof Reading.Present<List<Event.PodSeen>>(List<Event.PodSeen> pods)) {
            Event.PodsSeen seen = new Event.PodsSeen(hit.scenario(), hit.node(), pods);
            if (lastPods.filter(seen::equals).isEmpty()) {
                lastPods = Optional.of(seen);
                record("kubernetes", seen, since);
            }
        }
    }

    /** What is new happened after the look before began, however long the looks themselves took. */
    private void record(String source, Event seen, long sinceNs) {
        Duration age = Duration.ofNanos(stamps.monotonic().getAsLong() - sinceNs);
        journal.record(stamps.seenNow(source, age), seen);
    }

    private record Seen(boolean lost, String words) {}
}
