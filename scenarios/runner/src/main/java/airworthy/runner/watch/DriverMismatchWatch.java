package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.driver.DriverLogProbe;
import airworthy.probes.driver.DriverWords;
import airworthy.probes.kubernetes.DeviceHolding;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.probes.kubernetes.NodeDevices;
import airworthy.probes.kubernetes.NodeProbe;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.runner.FaultWatch;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Watches a node whose driver and library are of two versions: what its driver wrote into its own log about that, the node's
 * devices, all pods that hold accelerators, and what becomes of the claim that is made meanwhile.
 */
public final class DriverMismatchWatch implements FaultWatch {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final String CLAIM = "ResourceClaim";

    private final Hit hit;
    private final Instruments instruments;
    private final EventSink journal;
    private final Stamps stamps;
    private final Map<Class<?>, Event> last = new HashMap<>();
    private OptionalLong lastLookNs = OptionalLong.empty();
    private Optional<Repeating> looking = Optional.empty();

    /**
     * What is hit.
     *
     * @param scenario for whom
     * @param node which node
     * @param changes the plan
     */
    public record Hit(ScenarioId scenario, String node, List<Change> changes) {}

    /**
     * What it is looked at with.
     *
     * @param nodes the node's devices
     * @param pods what runs
     * @param devices who holds how many
     * @param driver reads a driver's log
     * @param log where that of the node's driver is read
     */
    public record Instruments(
            NodeProbe nodes, PodProbe pods, DeviceProbe devices, DriverLogProbe driver, Reading<URI> log) {}

    public DriverMismatchWatch(Hit hit, Instruments instruments, EventSink journal, Stamps stamps) {
        this.hit = hit;
        this.instruments = instruments;
        this.journal = journal;
        this.stamps = stamps;
    }

    @Override
    public void before() throws InterruptedException {
        lookAtAll();
        looking = Optional.of(Repeating.every(LOOK_EVERY, this::lookAtAll));
    }

    @Override
    public void made(Change change, Applied applied) {
        if (change instanceof Change.CreateObject create
                && create.object().kind().equals(CLAIM)) {
            journal.record(
                    stamps.now("harness"),
                    new Event.ClaimAsked(
                            hit.scenario(),
                            Event.ClaimPurpose.NEXT_TENANT,
                            create.object(),
                            1,
                            applied instanceof Applied.Done,
                            status(applied),
                            words(applied)));
        }
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        lookAndRecord();
        return switch (read()) {
            case Reading.Present<DriverWords>(DriverWords words) -> {
                journal.record(
                        stamps.now("kubernetes"),
                        new Event.DriverSeen(
                                hit.scenario(),
                                hit.node(),
                                words.driverVersion(),
                                words.libraryVersion(),
                                words.line()));
                yield landed(words.mismatch(), "the driver of " + hit.node() + " wrote last: " + words.line());
            }
            case Reading.Absent<DriverWords>(String how) -> landed(false, how);
            case Reading.Unreadable<DriverWords>(String why) -> landed(false, why);
        };
    }

    private Event.LandedSeen landed(boolean holds, String how) {
        return new Event.LandedSeen(hit.scenario(), Layer.NVML, holds, how);
    }

    private Reading<DriverWords> read() throws InterruptedException {
        return switch (instruments.log()) {
            case Reading.Present<URI>(URI log) -> instruments.driver().read(log, hit.node());
            case Reading.Absent<URI>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<URI>(String why) -> new Reading.Unreadable<>(why);
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

    /** What did not change is evidence too: that it was looked at, and when. */
    private synchronized void lookAndRecord() throws InterruptedException {
        last.clear();
        lookAtAll();
    }

    private synchronized void lookAtAll() throws InterruptedException {
        long begun = stamps.monotonic().getAsLong();
        long since = lastLookNs.orElse(begun);
        lastLookNs = OptionalLong.of(begun);
        if (instruments.nodes().devices(hit.node()) instanceof Reading.Present<NodeDevices>(NodeDevices devices)) {
            record(devices.event(hit.scenario()), since);
        }
        if (instruments.pods().holdingDevices(hit.node())
                instanceof Reading.Present<List<Event.PodSeen>>(List<Event.PodSeen> pods)) {
            record(new Event.PodsSeen(hit.scenario(), hit.node(), pods), since);
        }
        Optional<String> tenant = tenant();
        if (tenant.isPresent()
                && instruments.devices().holding(tenant.get())
                        instanceof Reading.Present<DeviceHolding>(DeviceHolding holding)) {
            record(holding.event(hit.scenario()), since);
        }
    }

    /** Where the claim is made, if one is. */
    private Optional<String> tenant() {
        return hit.changes().stream()
                .filter(Change.CreateObject.class::isInstance)
                .map(Change.CreateObject.class::cast)
                .filter(create -> create.object().kind().equals(CLAIM))
                .flatMap(create -> create.object().namespace().stream())
                .findFirst();
    }

    /** What is new happened after the look before began, however long the looks themselves took. */
    private void record(Event seen, long sinceNs) {
        if (!seen.equals(last.put(seen.getClass(), seen))) {
            Duration age = Duration.ofNanos(stamps.monotonic().getAsLong() - sinceNs);
            journal.record(stamps.seenNow("kubernetes", age), seen);
        }
    }

    private static OptionalInt status(Applied applied) {
        return switch (applied) {
            case Applied.Done done -> done.status();
            case Applied.Refused refused -> OptionalInt.of(refused.status());
            case Applied.Failed _ -> OptionalInt.empty();
        };
    }

    private static String words(Applied applied) {
        return switch (applied) {
            case Applied.Done done -> done.detail();
            case Applied.Refused refused -> refused.message();
            case Applied.Failed failed -> failed.why();
        };
    }
}
