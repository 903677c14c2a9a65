package airworthy.engine;

import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.Scenario;
import airworthy.model.TargetSelector;
import airworthy.reports.judge.ScenarioJudgement;
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
        return switch (scenario.target()) {
            case TargetSelector.InferenceReplica _, TargetSelector.Inference _ ->
                Set.of(
                        new ExclusiveResource("airworthy/inference", LockMode.READ_WRITE),
                        new ExclusiveResource("airworthy/gateway", LockMode.READ));
            case TargetSelector.TestTenant _ ->
                Set.of(new ExclusiveResource("airworthy/test-tenants", LockMode.READ_WRITE));
            case TargetSelector.WholePlatform _ -> Set.of(new ExclusiveResource("airworthy/gateway", LockMode.READ));
        };
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
