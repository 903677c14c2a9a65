package airworthy.reports.judge;

import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.Dimension;
import airworthy.model.Event;
import airworthy.model.Event.ClaimAsked;
import airworthy.model.Event.ClaimPurpose;
import airworthy.model.Event.DevicesHeld;
import airworthy.model.Fault;
import airworthy.model.Finding;
import airworthy.model.Layer;
import airworthy.model.Need;
import airworthy.model.ObjectRef;
import airworthy.model.Phase;
import airworthy.model.Phases;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.Severity;
import airworthy.model.Target;
import airworthy.model.TargetSelector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A run in which a tenant with a quota of four asks for more and is refused, and the next tenant is served. */
final class TenantRun {
    static final ScenarioId ID = new ScenarioId("SCH-9");

    private TenantRun() {}

    static Finding finding(Check check, Consumer<HistoryBuilder> spoil) {
        Scenario scenario = new Scenario(
                ID,
                "quota-burst",
                Capability.SCHEDULING,
                Severity.CRITICAL,
                "A tenant asks for more than its quota",
                "It happens",
                Set.of(Need.KUBERNETES, Need.TENANTS, Need.DEVICES),
                Optional.empty(),
                new TargetSelector.TestTenant(),
                new Phases(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(5)),
                List.of(new Fault.QuotaBurst(2, 2)),
                List.of(check),
                "Set quotas");
        HistoryBuilder history = good();
        spoil.accept(history);
        return Judge.judge(scenario, new JudgeInput(List.of(scenario), "v1", 1, Platforms.standard(), history.build()))
                .findings()
                .getFirst();
    }

    static HistoryBuilder good() {
        return new HistoryBuilder()
                .at(1, ServingRun.survey(Map.of()))
                .at(
                        2,
                        new Event.Planned(
                                ID,
                                new Target(
                                        "tenant team-a",
                                        Map.of(Dimension.NAMESPACE, "team-a"),
                                        Map.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of()),
                                "kubernetes",
                                Set.of(Layer.WORKLOAD),
                                List.of()))
                .at(10, new Event.PhaseBegan(ID, Phase.BASELINE))
                .at(20, new Event.PhaseBegan(ID, Phase.APPLY))
                .at(21, held("team-a", 4, Map.of("within", 4)))
                .at(22, asked(ClaimPurpose.EXCESS, "team-a", "excess-0", false, 403, "exceeded quota: gpus"))
                .at(23, asked(ClaimPurpose.EXCESS, "team-a", "excess-1", true, 201, ""))
                .at(24, new Event.FaultApplied(ID))
                .at(24.5, new Event.LandedSeen(ID, Layer.WORKLOAD, true, "4 of 4 devices held"))
                .at(25, held("team-a", 4, Map.of("within", 4)))
                .at(26, asked(ClaimPurpose.NEXT_TENANT, "team-b", "next", true, 201, ""))
                .at(28, held("team-b", 4, Map.of("team-b/next", 1)))
                .at(34, new Event.PhaseBegan(ID, Phase.HEAL))
                .at(35, new Event.PhaseBegan(ID, Phase.OBSERVE))
                .at(50, new Event.ScenarioEnded(ID));
    }

    static DevicesHeld held(String namespace, int hard, Map<String, Integer> allocated) {
        return new DevicesHeld(
                ID,
                namespace,
                hard < 0 ? Optional.empty() : Optional.of("gpus"),
                hard < 0 ? OptionalInt.empty() : OptionalInt.of(hard),
                OptionalInt.empty(),
                new TreeMap<>(allocated));
    }

    static ClaimAsked asked(
            ClaimPurpose purpose, String namespace, String name, boolean accepted, int status, String message) {
        return new ClaimAsked(
                ID,
                purpose,
                new ObjectRef("resource.k8s.io/v1", "ResourceClaim", Optional.of(namespace), name),
                2,
                accepted,
                status < 0 ? OptionalInt.empty() : OptionalInt.of(status),
                message);
    }
}
