package airworthy.reports.judge;

import airworthy.model.Finding;
import airworthy.model.ScenarioReport;
import java.util.List;

/**
 * What is said of one scenario.
 *
 * @param report its state, its time line and its answers
 * @param findings one for each check, in the scenario's order
 */
public record ScenarioJudgement(ScenarioReport report, List<Finding> findings) {
    public ScenarioJudgement {
        findings = List.copyOf(findings);
    }
}
