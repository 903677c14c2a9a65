package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.PlatformProfile;
import airworthy.model.RequestOutcome;
import airworthy.model.ScenarioId;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.inference.AllocatorProbe;
import airworthy.probes.inference.AllocatorWords;
import airworthy.probes.inference.Attempt;
import airworthy.probes.inference.CanaryProbe;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.runner.FaultWatch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks the replica that is hit a small question of its own, past the gateway, and where that fails reads its allocator's words:
 * they tell memory in pieces from memory that is used up. Beside it, keeps how the workload's pods stand.
 */
public final class OutOfMemoryWatch implements FaultWatch {
    private static final int TOKENS = 2;
    private static final Duration CANARY_LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Hit hit;
    private final Instruments instruments;
    private final EventSink journal;
    private final Stamps stamps;
    private Optional<Event.PodsSeen> last = Optional.empty();
    private OptionalLong lastLookNs = OptionalLong.empty();
    private Optional<Repeating> looking = Optional.empty();

    /**
     * What is hit.
     *
     * @param scenario for whom
     * @param served the model that the replica serves
     * @param replica its pod
     * @param node where it runs
     * @param inPieces whether its memory is to be free in pieces, or else to be used up
     */
    public record Hit(
            ScenarioId scenario, PlatformProfile.Inference served, String replica, String node, boolean inPieces) {}

    /**
     * What it is looked at with.
     *
     * @param canary asks the replica
     * @param address the replica's own base address, up to and including {@code /v1}
     * @param allocator reads its allocator's words
     * @param pods reads the workload's pods
     */
    public record Instruments(CanaryProbe canary, Reading<URI> address, AllocatorProbe allocator, PodProbe pods) {}

    public OutOfMemoryWatch(Hit hit, Instruments instruments, EventSink journal, Stamps stamps) {
        this.hit = hit;
        this.instruments = instruments;
        this.journal = journal;
        this.stamps = stamps;
    }

    @Override
    public void before() throws InterruptedException {
        lookAtPods();
        looking = Optional.of(Repeating.every(LOOK_EVERY, this::lookAtPods));
    }

    @Override
    public void made(Change change, Applied applied) {
        // one lever: what it does is seen at the replica
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        lookAndRecord();
        return switch (instruments.address()) {
            case Reading.Present<URI>(URI base) -> asked(base);
            case Reading.Absent<URI>(String how) -> landed(false, how);
            case Reading.Unreadable<URI>(String why) -> landed(false, why);
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

    private Event.LandedSeen asked(URI base) throws InterruptedException {
        Attempt attempt = instruments.canary().attempt(base, hit.served().model(), TOKENS, CANARY_LIMIT);
        journal.record(
                stamps.now("harness"),
                new Event.ReplicaAsked(hit.scenario(), hit.replica(), attempt.outcome(), attempt.told()));
        String how = "asked directly, " + hit.replica() + " gave "
                + attempt.outcome().id();
        // one that is slow has not been seen to fail, whatever it wrote before
        if (attempt.outcome() == RequestOutcome.OK || attempt.outcome() == RequestOutcome.TOTAL_TIMEOUT) {
            return landed(false, how);
        }
        return switch (instruments.allocator().read(hit.served().workload().namespace(), hit.replica())) {
            case Reading.Present<AllocatorWords>(AllocatorWords words) ->
                landed(
                        words.inPieces() == hit.inPieces(),
                        how + "; memory is " + (words.inPieces() ? "free in pieces" : "used up")
                                + ", its allocator wrote last: " + words.line());
            case Reading.Absent<AllocatorWords>(String none) -> landed(false, how + "; " + none);
            case Reading.Unreadable<AllocatorWords>(String why) -> landed(false, how + "; " + why);
        };
    }

    private Event.LandedSeen landed(boolean holds, String how) {
        return new Event.LandedSeen(hit.scenario(), Layer.WORKLOAD, holds, how);
    }

    /** What did not change is evidence too: that it was looked at, and when. */
    private synchronized void lookAndRecord() throws InterruptedException {
        last = Optional.empty();
        lookAtPods();
    }

    private synchronized void lookAtPods() throws InterruptedException {
        long begun = stamps.monotonic().getAsLong();
        long since = lastLookNs.orElse(begun);
        lastLookNs = OptionalLong.of(begun);
        if (instruments.pods().around(hit.node(), hit.served().workload())
                instanceof Reading.Present<List<Event.PodSeen>>(List<Event.PodSeen> pods)) {
            Event.PodsSeen seen = new Event.PodsSeen(hit.scenario(), hit.node(), pods);
            if (last.filter(seen::equals).isEmpty()) {
                last = Optional.of(seen);
                // what is new happened after the look before began
                journal.record(
                        stamps.seenNow(
                                "kubernetes",
                                Duration.ofNanos(stamps.monotonic().getAsLong() - since)),
                        seen);
            }
        }
    }
}
