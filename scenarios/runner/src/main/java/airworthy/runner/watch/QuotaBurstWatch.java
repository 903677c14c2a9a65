package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.faults.kubernetes.ClaimLedger;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.kubernetes.DeviceHolding;
import airworthy.probes.kubernetes.DeviceProbe;
import airworthy.runner.FaultWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Watches what the tenants of a quota burst really hold, and keeps the API's answer to each claim.
 */
public final class QuotaBurstWatch implements FaultWatch {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Burst burst;
    private final DeviceProbe devices;
    private final EventSink journal;
    private final Stamps stamps;
    private int hard;
    private ClaimLedger ledger;
    private final Map<String, Event.DevicesHeld> last = new HashMap<>();
    private final Set<Event.ClaimPurpose> answered = new HashSet<>();
    private Optional<Repeating> looking = Optional.empty();

    /**
     * What was planned.
     *
     * @param scenario for whom
     * @param tenant the bursting tenant's namespace
     * @param next the other tenant's namespace, if there is one
     * @param changes the plan
     * @param fault its settings
     */
    public record Burst(
            ScenarioId scenario, String tenant, Optional<String> next, List<Change> changes, Fault.QuotaBurst fault) {}

    public QuotaBurstWatch(Burst burst, DeviceProbe devices, EventSink journal, Stamps stamps) {
        this.burst = burst;
        this.devices = devices;
        this.journal = journal;
        this.stamps = stamps;
        this.hard = burst.fault().withoutQuota();
        this.ledger = new ClaimLedger(burst.changes(), hard);
    }

    @Override
    public void before() throws InterruptedException {
        lookAtAll();
        Optional.ofNullable(last.get(burst.tenant()))
                .ifPresent(seen -> seen.hard().ifPresent(this::granted));
        looking = Optional.of(Repeating.every(LOOK_EVERY, this::lookAtAll));
    }

    @Override
    public synchronized void made(Change change, Applied applied) {
        if (!(change instanceof Change.CreateObject create)) {
            return;
        }
        ledger.asked(create.object()).ifPresent(asked -> {
            answered.add(asked.purpose());
            journal.record(
                    stamps.now("harness"),
                    new Event.ClaimAsked(
                            burst.scenario(),
                            asked.purpose(),
                            create.object(),
                            asked.devices(),
                            applied instanceof Applied.Done,
                            status(applied),
                            words(applied)));
        });
    }

    /** The burst holds while the API has answered claims above the quota and the tenant holds what is its own. */
    @Override
    public Event.LandedSeen look() throws InterruptedException {
        lookAtAll();
        synchronized (this) {
            // unchanged holdings are evidence too: that they were looked at, and when
            last.values().forEach(seen -> journal.record(stamps.seenNow("kubernetes", LOOK_EVERY), seen));
            int held = Optional.ofNullable(last.get(burst.tenant()))
                    .map(seen -> seen.allocated().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .orElse(0);
            boolean asked = answered.contains(Event.ClaimPurpose.EXCESS);
            return new Event.LandedSeen(
                    burst.scenario(),
                    Layer.WORKLOAD,
                    asked && held >= hard,
                    "tenant " + burst.tenant() + " holds " + held + " devices and was granted " + hard
                            + "; claims above that were " + (asked ? "answered by the API" : "not asked for"));
        }
    }

    @Override
    public void after() throws InterruptedException {
        lookAtAll();
    }

    @Override
    public void close() {
        looking.ifPresent(Repeating::close);
    }

    private void granted(int devices) {
        hard = devices;
        ledger = new ClaimLedger(burst.changes(), devices);
    }

    private void lookAtAll() throws InterruptedException {
        look(burst.tenant());
        if (burst.next().isPresent()) {
            look(burst.next().get());
        }
    }

    private void look(String namespace) throws InterruptedException {
        Reading<DeviceHolding> reading = devices.holding(namespace);
        synchronized (this) {
            if (reading instanceof Reading.Present<DeviceHolding>(DeviceHolding holding)) {
                Event.DevicesHeld seen = holding.event(burst.scenario());
                if (!seen.equals(last.put(namespace, seen))) {
                    journal.record(stamps.seenNow("kubernetes", LOOK_EVERY), seen);
                }
            }
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
