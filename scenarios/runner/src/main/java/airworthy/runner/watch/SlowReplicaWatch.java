package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.PlatformProfile;
import airworthy.model.ScenarioId;
import airworthy.model.Target;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.inference.Canary;
import airworthy.probes.inference.CanaryProbe;
import airworthy.probes.inference.TokenLatencySignal;
import airworthy.runner.FaultWatch;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the slowed replica a small question of its own, past the gateway, and compares the gaps between its tokens with
 * those before the fault. Beside it, samples what the replica itself exports about them.
 */
public final class SlowReplicaWatch implements FaultWatch {
    /** Enough gaps for a median, few enough not to be a load: the canary's tokens are seen by the replica's own metrics. */
    private static final int TOKENS = 6;

    /** Before the fault tokens come fast: more of them, so that a machine that stands still for a moment does not show. */
    private static final int REFERENCE_TOKENS = 24;

    private static final Duration CANARY_LIMIT = Duration.ofSeconds(10);

    /** No model gives tokens faster than this. */
    private static final Duration SHORTEST_REFERENCE = Duration.ofMillis(1);

    /** So many, because a machine that stands still now and then may do so during several in a row. */
    private static final int REFERENCE_TRIES = 20;

    /** Twice in a scrape of the fastest compressed platform. */
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(250);

    private final Subject subject;
    private final double seenFrom;
    private final CanaryProbe canary;
    private final Optional<TokenLatencySignal> signal;
    private final EventSink journal;
    private final Stamps stamps;
    private Reading<Canary> before = new Reading.Unreadable<>("not asked before the fault");
    private Optional<Repeating> sampling = Optional.empty();

    /**
     * Which replica is watched.
     *
     * @param scenario for whom
     * @param target what is hit
     * @param served the model it serves
     * @param address the replica's own base address, up to and including {@code /v1}
     * @param scrape how often its metrics are read by the platform
     */
    public record Subject(
            ScenarioId scenario,
            Target target,
            PlatformProfile.Inference served,
            Reading<URI> address,
            Duration scrape) {}

    /** @param seenFrom the fault holds while gaps are at least so many times as long as before */
    public SlowReplicaWatch(
            Subject subject,
            double seenFrom,
            CanaryProbe canary,
            Optional<TokenLatencySignal> signal,
            EventSink journal,
            Stamps stamps) {
        this.subject = subject;
        this.seenFrom = seenFrom;
        this.canary = canary;
        this.signal = signal;
        this.journal = journal;
        this.stamps = stamps;
    }

    @Override
    public void before() throws InterruptedException {
        for (int tries = 0; tries < REFERENCE_TRIES && !usable(before); tries++) {
            before = ask(REFERENCE_TOKENS);
        }
        sampling = signal.map(metric -> Repeating.every(SAMPLE_EVERY, () -> sample(metric)));
    }

    @Override
    public void made(Change change, Applied applied) {
        // what comes of it is seen at the replica
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        Optional<Duration> usual = gap(before);
        Reading<Canary> now = ask(TOKENS);
        Optional<Duration> slow = gap(now);
        if (!usable(before) || usual.isEmpty() || slow.isEmpty()) {
            return landed(
                    false,
                    "no median gap to compare (of at least " + SHORTEST_REFERENCE.toMillis()
                            + " ms before the fault): before " + told(before) + "; now " + told(now));
        }
        double ratio = (double) slow.get().toNanos() / usual.get().toNanos();
        return landed(
                ratio >= seenFrom,
                String.format(
                        Locale.ROOT,
                        "asked directly, %s's median gap between tokens is %.1f ms (n=%d), %.1f times the %.1f ms"
                                + " before the fault; the fault is seen from %.1f times on",
                        subject.target().replica().orElse("the replica"),
                        slow.get().toNanos() / 1e6,
                        TOKENS - 1,
                        ratio,
                        usual.get().toNanos() / 1e6,
                        seenFrom));
    }

    @Override
    public void after() {
        // the load's own figures show the return
    }

    @Override
    public void close() {
        sampling.ifPresent(Repeating::close);
    }

    private Event.LandedSeen landed(boolean holds, String how) {
        return new Event.LandedSeen(subject.scenario(), Layer.CLIENT, holds, how);
    }

    private Reading<Canary> ask(int tokens) throws InterruptedException {
        return switch (subject.address()) {
            case Reading.Present<URI>(URI base) ->
                canary.ask(base, subject.served().model(), Optional.empty(), tokens, CANARY_LIMIT);
            case Reading.Absent<URI>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<URI>(String why) -> new Reading.Unreadable<>(why);
        };
    }

    private void sample(TokenLatencySignal metric) throws InterruptedException {
        if (metric.perReplica(subject.served().workload(), subject.scrape())
                instanceof Reading.Present<Map<String, Double>>(Map<String, Double> means)) {
            subject.target()
                    .replica()
                    .ifPresent(replica -> Optional.ofNullable(means.get(replica))
                            .ifPresent(seconds -> journal.record(
                                    stamps.seenNow("prometheus", SAMPLE_EVERY.plus(subject.scrape())),
                                    new Event.SignalSampled(
                                            subject.scenario(), "token-latency", replica, seconds, "s"))));
        }
    }

    /** Tokens that came in one burst, as on a machine that stood still meanwhile, are no reference. */
    private static boolean usable(Reading<Canary> reading) {
        return gap(reading)
                .filter(gap -> gap.compareTo(SHORTEST_REFERENCE) >= 0)
                .isPresent();
    }

    private static Optional<Duration> gap(Reading<Canary> reading) {
        return reading instanceof Reading.Present<Canary>(Canary canary) ? canary.medianGap() : Optional.empty();
    }

    private static String told(Reading<Canary> reading) {
        return switch (reading) {
            case Reading.Present<Canary>(Canary canary) ->
                canary.ending() + " after " + canary.events() + " events with content";
            case Reading.Absent<Canary>(String how) -> how;
            case Reading.Unreadable<Canary>(String why) -> why;
        };
    }
}
