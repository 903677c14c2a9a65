package airworthy.faults.mock;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.Target;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes one accelerator off the bus by a lever of its simulated driver. Touches what the driver publishes, what its exporter
 * tells, and what runs on the device. Thread-safe.
 *
 * <p>Consent: the namespace of the workload that loses its device, and one device, since it is kept from its users for as long
 * as the fault is on. No node need be named: nothing else on the node is touched, and the profile itself says that this
 * driver's devices are simulated.
 */
public final class DeviceLostByLever implements FaultInjector {
    private static final JsonValue LOST = JsonValue.parse("1");

    private final DriverAddress drivers;
    private final LeverPull pull;

    /** @param http closed by whoever made it */
    public DeviceLostByLever(DriverAddress drivers, HttpCaller http) {
        this.drivers = drivers;
        this.pull = new LeverPull(new LeverClient(http));
    }

    @Override
    public String mechanism() {
        return "mock";
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.DeviceLost;
    }

    @Override
    public Planning plan(Assignment assignment) throws InterruptedException {
        if (!(assignment.fault() instanceof Fault.DeviceLost)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        Target target = assignment.target();
        Optional<String> device = Optional.ofNullable(target.names().get(Dimension.DEVICE));
        if (device.isEmpty()) {
            return new Planning.NotApplicable(target.description() + " is no accelerator");
        }
        return switch (drivers.of(target)) {
            case Reading.Present<URI>(URI base) ->
                pull.plan(
                        base.resolve("admin/levers/" + device.get() + ".lost"),
                        LOST,
                        change -> planned(target, change));
            case Reading.Absent<URI>(String how) ->
                new Planning.NotApplicable("no simulated driver of " + target.description() + ": " + how);
            case Reading.Unreadable<URI>(String why) ->
                new Planning.Refused("driver of " + target.description() + ": " + why);
        };
    }

    private Planning planned(Target target, Change pull) {
        Set<String> namespaces = target.namespace().map(Set::of).orElse(Set.of());
        return new Planning.Planned(
                mechanism(), Set.of(Layer.DEVICE_TAINT, Layer.EXPORTER, Layer.WORKLOAD), List.of(pull), namespaces, 1);
    }
}
