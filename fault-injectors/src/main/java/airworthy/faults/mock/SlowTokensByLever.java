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
import java.util.Set;

/**
 * Delays one replica's tokens by a lever of a simulated model server. Touches what clients see and the engine's own
 * metrics. Thread-safe.
 */
public final class SlowTokensByLever implements FaultInjector {
    private static final String LEVER = "admin/levers/tokenDelayFactor";

    private final ReplicaAddress replicas;
    private final LeverPull pull;

    /** @param http closed by whoever made it */
    public SlowTokensByLever(ReplicaAddress replicas, HttpCaller http) {
        this.replicas = replicas;
        this.pull = new LeverPull(new LeverClient(http));
    }

    @Override
    public String mechanism() {
        return "mock";
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.SlowTokens;
    }

    @Override
    public Planning plan(Assignment assignment) throws InterruptedException {
        if (!(assignment.fault() instanceof Fault.SlowTokens slow)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        Target target = assignment.target();
        if (target.replica().isEmpty()) {
            return new Planning.NotApplicable(target.description() + " is no replica of a model server");
        }
        return switch (replicas.of(target)) {
            case Reading.Present<URI>(URI base) ->
                pull.plan(
                        base.resolve(LEVER),
                        JsonValue.parse(Double.toString(slow.factor())),
                        change -> planned(target, change));
            case Reading.Absent<URI>(String how) ->
                new Planning.NotApplicable(target.description() + " has no address of its own: " + how);
            case Reading.Unreadable<URI>(String why) ->
                new Planning.Refused("address of " + target.description() + ": " + why);
        };
    }

    private Planning planned(Target target, Change pull) {
        Set<String> namespaces = target.namespace().map(Set::of).orElse(Set.of());
        return new Planning.Planned(
                mechanism(), Set.of(Layer.CLIENT, Layer.ENGINE_METRICS), List.of(pull), namespaces, 0);
    }
}
