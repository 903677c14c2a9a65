package airworthy.runner;

import airworthy.model.Dimension;
import airworthy.model.PlatformProfile;
import airworthy.model.Role;
import airworthy.model.Target;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.Metadata;
import airworthy.probes.kubernetes.WorkloadProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what is hit of a gateway, by what the gateway knows. Whose a tenant is says the namespace of its name.
 *
 * @param profile the platform
 * @param workloads reads namespaces
 * @param sources how the gateway sees us
 */
record GatewayTargets(PlatformProfile profile, WorkloadProbe workloads, ProfileTargets.Sources sources) {
    private static final String NOT_SEEN = "where our requests come from, as the gateway sees it, is not known: ";

    /** The gateway's judgement of keys, met from where we are; served is the first model whose tenant has a good key. */
    Reading<Target> keys() throws InterruptedException {
        for (PlatformProfile.Inference served : profile.inference()) {
            boolean good = served.tenant()
                    .filter(tenant -> profile.gateway()
                            .filter(gateway -> gateway.keys().containsKey(tenant))
                            .isPresent())
                    .isPresent();
            if (good && !profile.bystanders().contains(served.workload())) {
                return switch (sources.of(served.tenant().orElseThrow())) {
                    case Reading.Absent<String>(String how) -> new Reading.Absent<>(NOT_SEEN + how);
                    case Reading.Unreadable<String>(String why) -> new Reading.Unreadable<>(NOT_SEEN + why);
                    case Reading.Present<String>(String source) -> new Reading.Present<>(keys(served, source));
                };
            }
        }
        return new Reading.Absent<>(
                "the profile's inference list holds no model, but bystanders, whose tenant has a key under"
                        + " gateway.keys");
    }

    private Target keys(PlatformProfile.Inference served, String source) {
        Map<Dimension, String> names = new LinkedHashMap<>();
        names.put(Dimension.SOURCE, source);
        if (profile.ownership().roles().get(Role.SECURITY_TEAM)
                instanceof PlatformProfile.RoleHolder.Teams(var teams)) {
            teams.stream().findFirst().ifPresent(team -> names.put(Dimension.TEAM, team));
        }
        return new Target(
                "the gateway's judgement of keys, for requests from " + source,
                names,
                Map.of(),
                Optional.of(served.name()),
                Optional.empty(),
                others("", served));
    }

    /** The first tenant of the profile with a key, a budget and a model that is no bystander. */
    Reading<Target> budgeted() throws InterruptedException {
        List<PlatformProfile.TokenBudget> budgets =
                profile.gateway().map(PlatformProfile.Gateway::budgets).orElse(List.of());
        for (PlatformProfile.TokenBudget budget : budgets) {
            Optional<PlatformProfile.Inference> served = profile.inference().stream()
                    .filter(each -> each.name().equals(budget.inference()))
                    .filter(each -> !profile.bystanders().contains(each.workload()))
                    .findFirst();
            if (served.isPresent()) {
                return asTenant(budget, served.get());
            }
        }
        return new Reading.Absent<>("gateway.budgets of the profile holds "
                + (budgets.isEmpty() ? "no tenant" : "no tenant whose model is no bystander")
                + "; tell there what a tenant may spend, for example {team-a: {tokens: 600000, per: 10m}}");
    }

    private Reading<Target> asTenant(PlatformProfile.TokenBudget budget, PlatformProfile.Inference served)
            throws InterruptedException {
        return switch (workloads.namespace(budget.tenant())) {
            case Reading.Absent<Metadata>(String how) ->
                new Reading.Absent<>("nothing tells whose the tenant " + budget.tenant() + " is: " + how);
            case Reading.Unreadable<Metadata>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<Metadata>(Metadata namespace) ->
                new Reading.Present<>(target(budget, served, namespace));
        };
    }

    private Target target(PlatformProfile.TokenBudget budget, PlatformProfile.Inference served, Metadata namespace) {
        Map<String, String> owners = new LinkedHashMap<>();
        for (String key : profile.ownership().keys()) {
            namespace.value(key).ifPresent(team -> owners.put(key, team));
        }
        Map<Dimension, String> names = new LinkedHashMap<>();
        names.put(Dimension.TENANT, budget.tenant());
        names.put(Dimension.NAMESPACE, budget.tenant());
        owners.values().stream().findFirst().ifPresent(team -> names.put(Dimension.TEAM, team));
        return new Target(
                "tenant " + budget.tenant() + " of the gateway, who uses " + served.model(),
                names,
                owners,
                Optional.of(served.name()),
                Optional.empty(),
                others(budget.tenant(), served));
    }

    /** Who uses the same model, and the bystanders. */
    private List<Map<Dimension, String>> others(String tenant, PlatformProfile.Inference served) {
        List<Map<Dimension, String>> others = new ArrayList<>();
        List<PlatformProfile.Inference> all = new ArrayList<>(List.of(served));
        all.addAll(profile.bystandersOf(served.workload()));
        for (PlatformProfile.Inference other : all) {
            Map<Dimension, String> names = new LinkedHashMap<>();
            names.put(Dimension.NAMESPACE, other.workload().namespace());
            names.put(Dimension.WORKLOAD, other.workload().name());
            names.put(Dimension.MODEL, other.model());
            other.tenant().filter(name -> !name.equals(tenant)).ifPresent(name -> names.put(Dimension.TENANT, name));
            others.add(names);
        }
        return others;
    }
}
