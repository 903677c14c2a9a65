package airworthy.faults.mock;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.Planning;
import airworthy.faults.kubernetes.NewWork;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.Target;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Installs another version of the driver's library on one node, by a lever of its simulated driver, then has a test tenant ask
 * for a device. Touches what NVML answers to new processes, what the driver publishes and its collector tells, and pods that
 * start there; what runs there is left alone. Thread-safe.
 *
 * <p>Consent: the test tenant's namespace, and as many devices as the node has free, since they are kept from others while the
 * fault is on. No node need be named: the profile itself says that this driver's devices are simulated.
 */
public final class DriverMismatchByLever implements FaultInjector {
    private final DriverAddress drivers;
    private final NewWork work;
    private final LeverPull pull;

    /** @param http closed by whoever made it */
    public DriverMismatchByLever(DriverAddress drivers, NewWork work, HttpCaller http) {
        this.drivers = drivers;
        this.work = work;
        this.pull = new LeverPull(new LeverClient(http));
    }

    @Override
    public String mechanism() {
        return "mock";
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.DriverMismatch;
    }

    @Override
    public Planning plan(Assignment assignment) throws InterruptedException {
        if (!(assignment.fault() instanceof Fault.DriverMismatch mismatch)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        Target target = assignment.target();
        Optional<String> node = Optional.ofNullable(target.names().get(Dimension.NODE));
        if (node.isEmpty()) {
            return new Planning.NotApplicable(target.description() + " is no node");
        }
        return switch (drivers.of(target)) {
            case Reading.Present<URI>(URI base) -> {
                Planning lever = pull.plan(
                        base.resolve("admin/levers/libraryVersion"),
                        JsonValue.parse('"' + mismatch.library() + '"'),
                        change -> planned(List.of(change), Set.of(), 0));
                yield lever instanceof Planning.Planned plan
                        ? work.beside(node.get(), assignment.mark(), asked -> planned(plan.changes(), asked))
                        : lever;
            }
            case Reading.Absent<URI>(String how) ->
                new Planning.NotApplicable("no simulated driver of " + target.description() + ": " + how);
            case Reading.Unreadable<URI>(String why) ->
                new Planning.Refused("driver of " + target.description() + ": " + why);
        };
    }

    private Planning planned(List<Change> lever, NewWork.Asked asked) {
        List<Change> changes = new ArrayList<>(lever);
        changes.addAll(asked.changes());
        return planned(
                changes, asked.changes().isEmpty() ? Set.of() : Set.of(asked.namespace()), asked.keptFromOthers());
    }

    private Planning planned(List<Change> changes, Set<String> namespaces, int devices) {
        return new Planning.Planned(
                mechanism(),
                Set.of(Layer.NVML, Layer.DEVICE_TAINT, Layer.EXPORTER, Layer.WORKLOAD),
                changes,
                namespaces,
                devices);
    }
}
