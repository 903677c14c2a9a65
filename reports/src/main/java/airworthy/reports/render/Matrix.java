package airworthy.reports.render;

import airworthy.model.Capability;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.Question;
import airworthy.model.ScenarioReport;
import airworthy.model.Scorecard;
import java.util.List;
import java.util.Optional;

/** Six capabilities by six questions; each cell the worst answer of its scenarios. */
public record Matrix(Scorecard card) {

    /** The worst answer of a capability's scenarios to a question; empty if none asks it. */
    public Optional<Outcome> cell(Capability capability, Question question) {
        return scenarios(capability).stream()
                .flatMap(report -> answer(report, question).stream())
                .reduce(Outcome::worse);
    }

    /** What one scenario answers to a question; empty if it does not ask it. */
    public static Optional<Outcome> answer(ScenarioReport report, Question question) {
        return Optional.ofNullable(report.answers().get(question));
    }

    /** The scenarios counted for a capability, in suite order. */
    public List<ScenarioReport> scenarios(Capability capability) {
        return card.scenarios().stream()
                .filter(report -> report.scenario().capability() == capability)
                .toList();
    }

    /** The findings of one scenario, in the order of its checks. */
    public List<Finding> findings(ScenarioReport report) {
        return card.verdicts().stream()
                .flatMap(verdict -> verdict.findings().stream())
                .filter(finding -> finding.scenario().equals(report.scenario().id()))
                .toList();
    }

    /** What to do about a finding; only a gap has a remedy. */
    public static Optional<String> remedy(ScenarioReport report, Finding finding) {
        return finding.outcome() == Outcome.NOT_MET
                ? Optional.of(report.scenario().remedy())
                : Optional.empty();
    }
}
