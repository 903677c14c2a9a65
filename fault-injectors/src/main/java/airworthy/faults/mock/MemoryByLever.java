package airworthy.faults.mock;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.Planning;
import airworthy.model.Change;
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
 * Takes an accelerator's memory within the simulated model server that holds it, by a lever: in small pieces all over, or nearly
 * all of it. Touches what clients of that replica see, its engine's own metrics, and its pod. What the device's driver and
 * exporter tell is not touched: the server has reserved the memory already. Thread-safe.
 */
public final class MemoryByLever implements FaultInjector {
    private static final String LEVERS = "admin/levers/";

    private final ReplicaAddress replicas;
    private final LeverPull pull;

    /** @param http closed by whoever made it */
    public MemoryByLever(ReplicaAddress replicas, HttpCaller http) {
        this.replicas = replicas;
        this.pull = new LeverPull(new LeverClient(http));
    }

    @Override
    public String mechanism() {
        return "mock";
    }

    @Override
    public boolean knows(Fault fault) {
        return setting(fault).isPresent();
    }

    private record Setting(String lever, double value) {}

    private static Optional<Setting> setting(Fault fault) {
        return switch (fault) {
            case Fault.MemoryFragmented(var piece) -> Optional.of(new Setting("memoryPiece", piece.value()));
            case Fault.MemoryExhausted(var left) -> Optional.of(new Setting("memoryLeft", left.value()));
            default -> Optional.empty();
        };
    }

    @Override
    public Planning plan(Assignment assignment) throws InterruptedException {
        Setting setting = setting(assignment.fault())
                .orElseThrow(() -> new IllegalArgumentException(
                        "not known here: " + assignment.fault().kind()));
        Target target = assignment.target();
        if (target.replica().isEmpty()) {
            return new Planning.NotApplicable(target.description() + " is held by no replica of a model server");
        }
        return switch (replicas.of(target)) {
            case Reading.Present<URI>(URI base) ->
                pull.plan(
                        base.resolve(LEVERS + setting.lever()),
                        JsonValue.parse(Double.toString(setting.value())),
                        change -> planned(target, change));
            case Reading.Absent<URI>(String how) ->
                new Planning.NotApplicable(target.description() + " has no replica with an address of its own: " + how);
            case Reading.Unreadable<URI>(String why) ->
                new Planning.Refused("address of " + target.description() + ": " + why);
        };
    }

    private Planning planned(Target target, Change change) {
        Set<String> namespaces = target.namespace().map(Set::of).orElse(Set.of());
        return new Planning.Planned(
                mechanism(),
                Set.of(Layer.CLIENT, Layer.ENGINE_METRICS, Layer.WORKLOAD),
                List.of(change),
                namespaces,
                0);
    }
}
