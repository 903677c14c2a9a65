package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.ScenarioId;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.audit.AuditTrail;
import airworthy.runner.FaultWatch;
import java.util.List;
import java.util.Optional;

/** Watches a fault as another watch does, and keeps what the gateway's audit records say of the time from before it to after. */
public final class AuditedWatch implements FaultWatch {
    private static final String NOT_NAMED =
            "the profile does not tell where the gateway's audit records are; add gateway.audit with workload and fields";

    private final ScenarioId scenario;
    private final FaultWatch fault;
    private final Optional<AuditTrail> trail;
    private final EventSink journal;
    private final Stamps stamps;
    private Reading<AuditTrail.Mark> mark = new Reading.Absent<>("the records were not looked at before the fault");
    private long sinceNs;

    /**
     * @param fault sees the fault
     * @param trail the audit records, if the profile tells where they are
     */
    public AuditedWatch(
            ScenarioId scenario, FaultWatch fault, Optional<AuditTrail> trail, EventSink journal, Stamps stamps) {
        this.scenario = scenario;
        this.fault = fault;
        this.trail = trail;
        this.journal = journal;
        this.stamps = stamps;
    }

    @Override
    public void before() throws InterruptedException {
        fault.before();
        sinceNs = stamps.monotonic().getAsLong();
        if (trail.isPresent()) {
            mark = trail.get().mark();
        }
    }

    @Override
    public void made(Change change, Applied applied) {
        fault.made(change, applied);
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        return fault.look();
    }

    @Override
    public void after() throws InterruptedException {
        fault.after();
        long untilNs = stamps.monotonic().getAsLong();
        Event.AuditRead read = switch (records()) {
            case Reading.Present<List<Event.AuditGroup>>(List<Event.AuditGroup> groups) ->
                new Event.AuditRead(scenario, sinceNs, untilNs, groups, Optional.empty());
            case Reading.Absent<List<Event.AuditGroup>>(String how) -> blind(untilNs, how);
            case Reading.Unreadable<List<Event.AuditGroup>>(String why) -> blind(untilNs, why);
        };
        journal.record(stamps.now("harness"), read);
    }

    private Reading<List<Event.AuditGroup>> records() throws InterruptedException {
        if (trail.isEmpty()) {
            return new Reading.Absent<>(NOT_NAMED);
        }
        return switch (mark) {
            case Reading.Absent<AuditTrail.Mark>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<AuditTrail.Mark>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<AuditTrail.Mark>(AuditTrail.Mark from) ->
                trail.get().since(from);
        };
    }

    private Event.AuditRead blind(long untilNs, String why) {
        return new Event.AuditRead(scenario, sinceNs, untilNs, List.of(), Optional.of(why));
    }

    @Override
    public void close() {
        fault.close();
    }
}
