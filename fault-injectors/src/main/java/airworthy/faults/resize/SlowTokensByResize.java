package airworthy.faults.resize;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.JsonValue;
import airworthy.faults.NoPlan;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.model.Target;
import airworthy.probes.Reading;
import airworthy.probes.inference.TokenCost;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Slows the engine of one replica by a lower CPU limit of its container, in place: no restart, no privileged pod. So the
 * engine's own metrics tell of it too. How low is worked out from what its tokens took of a processor lately.
 * Thread-safe.
 */
public final class SlowTokensByResize implements FaultInjector {
    private static final String MECHANISM = "resize";

    private final KubernetesConnection cluster;
    private final SizeKeepers keepers;
    private final TokenCosts costs;
    private final PlatformProfile profile;

    /**
     * @param costs what tokens take
     * @param profile names the served models
     */
    public SlowTokensByResize(KubernetesConnection cluster, TokenCosts costs, PlatformProfile profile) {
        this.cluster = cluster;
        this.keepers = new SizeKeepers(cluster);
        this.costs = costs;
        this.profile = profile;
    }

    @Override
    public String mechanism() {
        return MECHANISM;
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
            return new Planning.NotApplicable(target.description() + " is no replica: one pod is given less, not all");
        }
        try {
            return plan(slow, served(target), target.replica().get());
        } catch (NoPlan e) {
            return e.planning();
        }
    }

    private Planning plan(Fault.SlowTokens slow, PlatformProfile.Inference served, String replica)
            throws NoPlan, InterruptedException {
        NoPlan.need(cluster.subresource("v1", "pods/resize"));
        String namespace = served.workload().namespace();
        ObjectRef ref = new ObjectRef("v1", "Pod", Optional.of(namespace), replica);
        JsonNode pod = JsonValue.parse(NoPlan.need(cluster.get(ref))).node();
        EngineContainer engine = EngineContainer.of(pod, served.podPort())
                .orElseThrow(() -> NoPlan.notApplicable(ref + ": none of its containers, or more than one, says that it"
                        + " listens on port " + served.podPort() + ", so nobody knows in which one the engine runs"));
        Optional<String> obstacle = engine.obstacle();
        if (obstacle.isPresent()) {
            throw NoPlan.notApplicable(ref + ": " + obstacle.get());
        }
        Optional<String> keeper = NoPlan.need(keepers.of(pod, served.workload()));
        if (keeper.isPresent()) {
            throw NoPlan.refused(
                    ref + ": " + keeper.get() + ", which may put its size back under us; pause that for the run");
        }
        int limit = limit(slow, engine, cost(namespace, replica, engine));
        Change lower = new Change.SetField(
                ref,
                engine.pointer(),
                engine.limitedTo(limit).toString(),
                engine.size().toString());
        return new Planning.Planned(
                MECHANISM,
                Set.of(Layer.CLIENT, Layer.ENGINE_METRICS, Layer.WORKLOAD),
                List.of(lower),
                Set.of(namespace),
                0);
    }

    /** What nobody can tell keeps this mechanism from it, and no other: a proxy needs not know. */
    private TokenCost cost(String namespace, String replica, EngineContainer engine)
            throws NoPlan, InterruptedException {
        return switch (costs.of(namespace, replica, engine.name())) {
            case Reading.Present<TokenCost>(TokenCost cost) -> cost;
            case Reading.Absent<TokenCost>(String how) -> throw NoPlan.notApplicable(how);
            case Reading.Unreadable<TokenCost>(String why) ->
                throw NoPlan.notApplicable("nobody knows what processor time a token takes: " + why);
        };
    }

    private static int limit(Fault.SlowTokens slow, EngineContainer engine, TokenCost cost) throws NoPlan {
        return switch (ProcessorLimit.of(cost, slow.factor())) {
            case ProcessorLimit.None(String why) -> throw NoPlan.notApplicable(why);
            case ProcessorLimit.Millis(int millis)
            when engine.limit().orElseThrow().intValue() <= millis ->
                throw NoPlan.notApplicable("container " + engine.name() + " has a CPU limit of "
                        + engine.limit().orElseThrow() + "m; expected it above " + millis
                        + "m, by which it would be slowed");
            case ProcessorLimit.Millis(int millis) -> millis;
        };
    }

    private PlatformProfile.Inference served(Target target) throws NoPlan {
        return profile.inference().stream()
                .filter(each -> target.inference().filter(each.name()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> NoPlan.notApplicable(target.description() + " is no served model of the profile"));
    }
}
