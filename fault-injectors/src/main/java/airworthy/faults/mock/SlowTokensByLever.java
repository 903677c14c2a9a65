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
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Delays one replica's tokens by a lever of a simulated model server. Touches what clients see and the engine's own
 * metrics. Thread-safe.
 */
public final class SlowTokensByLever implements FaultInjector, AutoCloseable {
    private static final String LEVER = "/admin/levers/tokenDelayFactor";
    private static final int NOT_FOUND = 404;

    private final ReplicaAddress replicas;
    private final LeverClient levers = new LeverClient();

    public SlowTokensByLever(ReplicaAddress replicas) {
        this.replicas = replicas;
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
            case Reading.Present<URI>(URI base) -> plan(slow, target, base.resolve(LEVER));
            case Reading.Absent<URI>(String how) ->
                new Planning.NotApplicable(target.description() + " has no address of its own: " + how);
            case Reading.Unreadable<URI>(String why) ->
                new Planning.Refused("address of " + target.description() + ": " + why);
        };
    }

    private Planning plan(Fault.SlowTokens slow, Target target, URI lever) throws InterruptedException {
        JsonValue ours = JsonValue.parse(Double.toString(slow.factor()));
        return switch (levers.read(lever)) {
            case LeverAnswer.Position(JsonValue prior)
            when prior.sameAs(ours) ->
                new Planning.Refused("lever " + lever + " stands at " + prior
                        + " already; put it back before it is measured what it does");
            case LeverAnswer.Position(JsonValue prior) ->
                planned(target, new Change.PullLever(lever, ours.toString(), prior.toString()));
            case LeverAnswer.Refused(int status, String message)
            when status == NOT_FOUND ->
                new Planning.NotApplicable("the server offers no lever at " + lever + ": 404, " + message);
            case LeverAnswer.Refused(int status, String message) ->
                new Planning.Refused("lever " + lever + " cannot be read: " + status + ", " + message);
            case LeverAnswer.Elsewhere(JsonValue value) ->
                new Planning.Refused("lever " + lever + " cannot be read: 409 and " + value);
            case LeverAnswer.Failed(String why) -> new Planning.Refused("lever cannot be read: " + why);
        };
    }

    private Planning planned(Target target, Change pull) {
        Set<String> namespaces = target.namespace().map(Set::of).orElse(Set.of());
        return new Planning.Planned(
                mechanism(), Set.of(Layer.CLIENT, Layer.ENGINE_METRICS), List.of(pull), namespaces, 0);
    }

    @Override
    public void close() {
        levers.close();
    }
}
