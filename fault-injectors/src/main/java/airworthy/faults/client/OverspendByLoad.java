package airworthy.faults.client;

import airworthy.faults.Assignment;
import airworthy.faults.FaultInjector;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Credential;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.PlatformProfile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Sends more requests with a tenant's key, until all that the tenant asks for is a multiple of its budget. Touches what
 * clients see, what the gateway counts, and the engine's own metrics as far as the gateway lets the requests through.
 * Thread-safe.
 */
public final class OverspendByLoad implements FaultInjector {
    private final PlatformProfile profile;

    public OverspendByLoad(PlatformProfile profile) {
        this.profile = profile;
    }

    @Override
    public String mechanism() {
        return "client";
    }

    @Override
    public boolean knows(Fault fault) {
        return fault instanceof Fault.Overspend;
    }

    @Override
    public Planning plan(Assignment assignment) {
        if (!(assignment.fault() instanceof Fault.Overspend overspend)) {
            throw new IllegalArgumentException(
                    "not known here: " + assignment.fault().kind());
        }
        Optional<String> tenant =
                Optional.ofNullable(assignment.target().names().get(Dimension.TENANT));
        Optional<PlatformProfile.TokenBudget> budget =
                profile.gateway().flatMap(gateway -> tenant.flatMap(gateway::budget));
        if (budget.isEmpty() || assignment.target().inference().isEmpty()) {
            return new Planning.NotApplicable(
                    assignment.target().description() + " has no token budget under gateway.budgets of the profile");
        }
        return assignment
                .load()
                .map(usual -> plan(assignment, overspend, budget.get(), usual))
                .orElseGet(() -> new Planning.Refused("nothing is sent with the key of tenant "
                        + budget.get().tenant() + " usually; give the scenario load"));
    }

    private Planning plan(
            Assignment assignment,
            Fault.Overspend overspend,
            PlatformProfile.TokenBudget budget,
            Assignment.UsualLoad usual) {
        double usually = usual.perSecond() * usual.leastTokens();
        double granted = budget.perSecond();
        if (usually > granted) {
            return new Planning.Refused(String.format(
                    Locale.ROOT,
                    "the usual load of tenant %s, %.1f/s of at least %d tokens each, is beyond its budget of %.0f tokens/s"
                            + " already; lower the rate, lengthen the baseline or take a tenant with a larger budget",
                    budget.tenant(),
                    usual.perSecond(),
                    usual.leastTokens(),
                    granted));
        }
        double more = (granted * overspend.factor() - usually) / usual.leastTokens();
        Change send = new Change.SendLoad(
                usual.stream() + "/overspend",
                budget.inference(),
                usual.profile(),
                more,
                new Credential.OfTenant(budget.tenant()));
        Set<String> namespaces = assignment.target().namespace().map(Set::of).orElse(Set.of());
        return new Planning.Planned(
                mechanism(), Set.of(Layer.CLIENT, Layer.GATEWAY, Layer.ENGINE_METRICS), List.of(send), namespaces, 0);
    }
}
