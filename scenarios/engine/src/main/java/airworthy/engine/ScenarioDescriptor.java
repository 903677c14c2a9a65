package airworthy.engine;

import airworthy.model.Fault;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.Scenario;
import airworthy.model.TargetSelector;
import airworthy.reports.judge.ScenarioJudgement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource;
import org.junit.platform.engine.support.hierarchical.ExclusiveResource.LockMode;
import org.junit.platform.engine.support.hierarchical.Node;

/**
 * One scenario as a test: not met is a failure, unknown and invalid an error.
 */
final class ScenarioDescriptor extends AbstractTestDescriptor implements Node<Flight> {
    static final String SEGMENT = "scenario";

    private static final String INFERENCE = "airworthy/inference";
    private static final String GATEWAY = "airworthy/gateway";
    private static final String GATEWAY_KEYS = "airworthy/gateway-keys";
    private static final String TEST_TENANTS = "airworthy/test-tenants";
    private static final String CLAIMS = "airworthy/claims";

    /** Pods and their claims move: who looks at all of them would see some half-way. */
    private static final ExclusiveResource MOVING_CLAIMS = breaks(CLAIMS);

    private final Scenario scenario;

    ScenarioDescriptor(UniqueId uniqueId, Scenario scenario, TestSource source) {
        super(uniqueId, scenario.id() + " " + scenario.name(), source);
        this.scenario = scenario;
    }

    Scenario scenario() {
        return scenario;
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    @Override
    public Set<TestTag> getTags() {
        return Set.of(
                TestTag.create(scenario.capability().id()),
                TestTag.create(scenario.severity().id()));
    }

    /** What a scenario breaks it has to itself; what it only looks at it shares. */
    @Override
    public Set<ExclusiveResource> getExclusiveResources() {
        Set<ExclusiveResource> resources = new HashSet<>(byTarget());
        if (scenario.faults().stream().anyMatch(Fault.Download.class::isInstance)) {
            resources.add(MOVING_CLAIMS); // those of the copy come and go
        }
        return resources;
    }

    private Set<ExclusiveResource> byTarget() {
        return switch (scenario.target()) {
            case TargetSelector.InferenceReplica _, TargetSelector.Inference _ ->
                Set.of(breaks(INFERENCE), uses(GATEWAY));
            case TargetSelector.AllocatedAccelerator _ -> Set.of(breaks(INFERENCE), uses(GATEWAY), MOVING_CLAIMS);
            case TargetSelector.BudgetedTenant _ ->
                // a tenant of the gateway may be a test tenant too: one alert about it at a time
                Set.of(uses(INFERENCE), uses(GATEWAY), breaks(TEST_TENANTS));
            case TargetSelector.GatewayKeys _ -> Set.of(uses(INFERENCE), uses(GATEWAY), breaks(GATEWAY_KEYS));
            case TargetSelector.AcceleratedNode _ ->
                // what others start there would not start
                Set.of(uses(INFERENCE), MOVING_CLAIMS, breaks(TEST_TENANTS));
            case TargetSelector.TestTenant _ -> Set.of(breaks(TEST_TENANTS));
            case TargetSelector.WholePlatform _ -> Set.of(uses(GATEWAY), uses(CLAIMS));
        };
    }

    private static ExclusiveResource breaks(String part) {
        return new ExclusiveResource(part, LockMode.READ_WRITE);
    }

    private static ExclusiveResource uses(String part) {
        return new ExclusiveResource(part, LockMode.READ);
    }

    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.CONCURRENT;
    }

    @Override
    public Flight execute(Flight flight, DynamicTestExecutor dynamicTestExecutor) throws Exception {
        ScenarioJudgement judgement = flight.assessment().run(scenario);
        flight.reports().judged(this, judgement.report());
        List<Finding> notMet = with(judgement, Outcome.NOT_MET);
        if (!notMet.isEmpty()) {
            throw new AssertionError(told(notMet));
        }
        List<Finding> unknown = with(judgement, Outcome.UNKNOWN);
        if (!unknown.isEmpty()) {
            throw new UnknownOutcomeException(told(unknown));
        }
        return flight;
    }

    private static List<Finding> with(ScenarioJudgement judgement, Outcome outcome) {
        return judgement.findings().stream()
                .filter(finding -> finding.outcome() == outcome)
                .toList();
    }

    private static String told(List<Finding> findings) {
        return String.join(
                System.lineSeparator(),
                findings.stream()
                        .map(finding -> finding.id() + " " + finding.outcome().id() + ": " + finding.message())
                        .toList());
    }
}
