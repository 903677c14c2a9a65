package airworthy.reports.judge;

import airworthy.model.CheckName;
import airworthy.model.Event.PartFound;
import airworthy.model.Need;
import airworthy.model.Presence;
import airworthy.model.TargetSelector;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which parts of a platform an answer depends on, and what is answered where one of them is missing. */
final class Needs {
    private final ScenarioView view;

    Needs(ScenarioView view) {
        this.view = view;
    }

    /** A capability that is absent is not met, whether or not the scenario ran. */
    Optional<Answer> absent(CheckName check, boolean ran) {
        Set<Need> needs = of(check);
        if (!ran) {
            needs.addAll(hit());
        }
        return first(needs, Presence.ABSENT)
                .map(need -> Answer.notMet(
                        need.id() + " is absent: " + detail(need) + "; what is not there cannot answer: " + mend(need),
                        evidence()));
    }

    Optional<Answer> unreadable(CheckName check) {
        return first(of(check), Presence.UNREADABLE)
                .map(need -> Answer.unknown(need.id() + " could not be read: " + detail(need), evidence()));
    }

    private Set<Need> of(CheckName check) {
        Set<Need> needs = new TreeSet<>(dependsOn(check));
        needs.retainAll(view.scenario().needs());
        return needs;
    }

    /** Without these the scenario has nothing to hit. */
    private Set<Need> hit() {
        Set<Need> needs = new TreeSet<>(
                switch (view.scenario().target()) {
                    // their load goes by the gateway, where the scenario says so
                    case TargetSelector.InferenceReplica _, TargetSelector.Inference _ ->
                        EnumSet.of(Need.INFERENCE, Need.GATEWAY);
                    case TargetSelector.AllocatedAccelerator _, TargetSelector.AcceleratedNode _ ->
                        EnumSet.of(Need.INFERENCE, Need.DEVICES);
                    case TargetSelector.TestTenant _ -> EnumSet.of(Need.TENANTS, Need.DEVICES);
                    case TargetSelector.BudgetedTenant _, TargetSelector.GatewayKeys _ ->
                        EnumSet.of(Need.INFERENCE, Need.GATEWAY);
                    case TargetSelector.WholePlatform _ -> EnumSet.of(Need.KUBERNETES);
                });
        needs.retainAll(view.scenario().needs());
        return needs;
    }

    private static Set<Need> dependsOn(CheckName check) {
        return switch (check) {
            case BASELINE_SLO, TRAFFIC_MOVES, ANSWERS_COMPLETE, BYSTANDERS_SLO, OTHER_REPLICAS_SLO, BACK_AT_BASELINE ->
                EnumSet.of(Need.INFERENCE, Need.GATEWAY);
            case EXCESS_REFUSED, NEVER_ABOVE_QUOTA, NEXT_TENANT_SERVED ->
                EnumSet.of(Need.KUBERNETES, Need.DEVICES, Need.TENANTS);
            case NEVER_READY, NO_CRASH_LOOP -> EnumSet.of(Need.KUBERNETES);
            case FAILS_CLEANLY -> EnumSet.of(Need.INFERENCE);
            case NEVER_SERVES -> EnumSet.of(Need.KUBERNETES, Need.INFERENCE, Need.GATEWAY);
            case RUNS_AGAIN,
                    LOST_NOT_ALLOCATED,
                    NEIGHBOURS_RUN,
                    DEVICE_RETURNS,
                    RUNNING_WORK_GOES_ON,
                    NO_NEW_PODS_THERE,
                    OTHER_NODES_RUN -> EnumSet.of(Need.KUBERNETES, Need.DEVICES);
            case OVERSPEND_REFUSED, TOKENS_METERED, CREDENTIALS_REFUSED, NO_TOKENS_SPENT ->
                EnumSet.of(Need.INFERENCE, Need.GATEWAY);
            case ONE_OWNER -> EnumSet.of(Need.KUBERNETES, Need.OWNERSHIP);
            case RECEIVER_EXISTS -> EnumSet.of(Need.ALERTMANAGER, Need.OWNERSHIP);
            case DEVICE_CHAIN -> EnumSet.of(Need.KUBERNETES, Need.DEVICES, Need.OWNERSHIP);
            case NOTIFIED_IN_TIME, QUIET, CAUSE, NAMES, RUNBOOK, TOLD_APART, NO_BYSTANDER_ALERT, ALERT_RESOLVES ->
                EnumSet.of(Need.ALERTMANAGER);
            case OWNER, NOBODY_ELSE -> EnumSet.of(Need.ALERTMANAGER, Need.OWNERSHIP);
            case UNDO_VERIFIED -> EnumSet.noneOf(Need.class);
        };
    }

    /** What the platform's owner can do. */
    private static String mend(Need need) {
        return switch (need) {
            case KUBERNETES -> "run the platform on Kubernetes, or name the cluster in the profile";
            case INFERENCE -> "bring replicas up that serve, or name those that do under inference in the profile";
            case GATEWAY -> "put one gateway before all models, or name it in the profile";
            case PROMETHEUS -> "let a Prometheus scrape the platform and evaluate rules, or name it in the profile";
            case ALERTMANAGER -> "send alerts by an Alertmanager that every team hears, or name it in the profile";
            case OWNERSHIP -> "label each AI workload with its owner, and name each owner's receivers in the profile";
            case DEVICES -> "publish accelerators by a driver for dynamic resource allocation";
            case TENANTS -> "make the namespaces of the test tenants, with quota";
        };
    }

    private Optional<Need> first(Set<Need> needs, Presence presence) {
        return needs.stream().filter(need -> presence(need) == presence).findFirst();
    }

    private Presence presence(Need need) {
        return view.profile().declaredAbsent().contains(need)
                ? Presence.ABSENT
                : found(need).map(PartFound::presence).orElse(Presence.UNREADABLE);
    }

    private String detail(Need need) {
        return view.profile().declaredAbsent().contains(need)
                ? "declared so in the profile"
                : found(need).map(PartFound::detail).orElse("no survey of this run looked for it");
    }

    private Optional<PartFound> found(Need need) {
        return view.run()
                .survey()
                .flatMap(survey -> Optional.ofNullable(survey.event().parts().get(need)));
    }

    private List<String> evidence() {
        return view.run().survey().map(Say::journal).stream().toList();
    }
}
