package airworthy.reports.judge;

import static airworthy.model.Outcome.MET;
import static airworthy.model.Outcome.NOT_APPLICABLE;
import static airworthy.model.Outcome.NOT_MET;
import static airworthy.model.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.Grade;
import airworthy.model.Outcome;
import airworthy.model.Question;
import airworthy.model.ScenarioId;
import airworthy.model.ScenarioReport;
import airworthy.model.Score;
import airworthy.model.Score.Value;
import airworthy.model.Severity;
import airworthy.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoringTest {
    @Test
    void questionsWeighBySeverity() {
        Score score = score(
                Capability.SERVING,
                report(Capability.SERVING, Severity.HIGH, Map.of(Question.WITHSTAND, MET)),
                report(Capability.SERVING, Severity.LOW, Map.of(Question.WITHSTAND, NOT_MET)));
        assertThat(points(score)).isCloseTo(7.5, within(1e-9));
        assertThat(score.atLeast()).isEqualTo(score.atMost()).isCloseTo(7.5, within(1e-9));
    }

    @Test
    void unknownsCountInTheBoundsAndNotInTheScore() {
        Score score = score(
                Capability.SERVING,
                report(
                        Capability.SERVING,
                        Severity.HIGH,
                        Map.of(
                                Question.WITHSTAND, MET,
                                Question.DETECT, MET,
                                Question.CONTAIN, NOT_MET,
                                Question.RECOVER, UNKNOWN)));
        assertThat(points(score)).isCloseTo(20.0 / 3, within(1e-9));
        assertThat(score.atLeast()).isCloseTo(5, within(1e-9));
        assertThat(score.atMost()).isCloseTo(7.5, within(1e-9));
    }

    @Test
    void coverageBelowSevenTenthsIsInconclusive() {
        Map<Question, Outcome> third = Map.of(Question.WITHSTAND, MET, Question.DETECT, MET, Question.CONTAIN, UNKNOWN);
        Score score = score(Capability.SERVING, report(Capability.SERVING, Severity.HIGH, third));
        assertThat(score.value())
                .isEqualTo(new Value.Inconclusive("67% of the asked weight could be judged, at least 70% is needed"));
        assertThat(score.atMost()).isEqualTo(10);
    }

    @Test
    void waivedQuestionsAreLeftOut() {
        assertThat(points(score(
                        Capability.SERVING,
                        report(
                                Capability.SERVING,
                                Severity.HIGH,
                                Map.of(Question.WITHSTAND, MET, Question.DETECT, NOT_APPLICABLE)))))
                .isEqualTo(10);
    }

    @Test
    void aCriticalNotMetCapsTheCapability() {
        ScenarioReport good = report(Capability.SERVING, Severity.CRITICAL, all(MET));
        ScenarioReport bad = report(
                Capability.SERVING, Severity.CRITICAL, Map.of(Question.WITHSTAND, MET, Question.DETECT, NOT_MET));
        assertThat(points(score(Capability.SERVING, good, bad))).isEqualTo(4.9);
    }

    @Test
    void aCriticalUnknownCapsOnlyTheLowerBound() {
        ScenarioReport good = report(Capability.SERVING, Severity.CRITICAL, all(MET));
        ScenarioReport blind = report(Capability.SERVING, Severity.CRITICAL, Map.of(Question.DETECT, UNKNOWN));
        Score score = score(Capability.SERVING, good, blind);
        assertThat(points(score)).isEqualTo(10);
        assertThat(score.atLeast()).isEqualTo(4.9);
        assertThat(score.atMost()).isEqualTo(10);
    }

    @Test
    void observabilityIsEarnedInEveryScenario() {
        ScenarioReport own = report(Capability.OBSERVABILITY, Severity.HIGH, all(MET));
        ScenarioReport elsewhere = report(
                Capability.SERVING, Severity.HIGH, Map.of(Question.DETECT, NOT_MET, Question.ATTRIBUTE, NOT_MET));
        assertThat(points(score(Capability.OBSERVABILITY, own, elsewhere))).isCloseTo(5, within(1e-9));
        assertThat(points(score(Capability.OBSERVABILITY, own))).isEqualTo(10);
    }

    @Test
    void ownershipIsEarnedByRoutesInEveryScenario() {
        ScenarioReport own = report(Capability.OWNERSHIP, Severity.LOW, Map.of(Question.WITHSTAND, MET));
        ScenarioReport right = report(Capability.SERVING, Severity.LOW, Map.of(Question.ROUTE, MET));
        ScenarioReport wrong = report(Capability.SERVING, Severity.LOW, Map.of(Question.ROUTE, NOT_MET));
        ScenarioReport blind = report(Capability.SERVING, Severity.LOW, Map.of(Question.ROUTE, UNKNOWN));
        Score score = score(Capability.OWNERSHIP, own, right, wrong, blind, blind);
        assertThat(points(score)).isCloseTo(5, within(1e-9));
        assertThat(score.atLeast()).isCloseTo(2.5, within(1e-9));
        assertThat(score.atMost()).isCloseTo(7.5, within(1e-9));
    }

    @Test
    void aCapabilityWithoutScenarioMayBeAnything() {
        Score score = score(Capability.POLICY, report(Capability.SERVING, Severity.LOW, all(MET)));
        assertThat(score).isEqualTo(new Score(new Value.Inconclusive("no scenario asks about it"), 0, 10));
    }

    @Test
    void theOverallScoreIsTheGeometricMean() {
        List<ScenarioReport> reports = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            reports.add(report(
                    capability,
                    Severity.MEDIUM,
                    capability == Capability.SERVING
                            ? Map.of(Question.WITHSTAND, MET, Question.CONTAIN, NOT_MET)
                            : Map.of(Question.WITHSTAND, MET)));
        }
        Scoring scoring = new Scoring(reports);
        Score overall = scoring.overall(scoring.verdicts(List.of()));
        assertThat(points(overall)).isCloseTo(10 * Math.pow(0.5, 1.0 / 6), within(1e-9));
        assertThat(scoring.grade(overall)).contains(Grade.B);
    }

    @Test
    void oneInconclusiveCapabilityMakesTheWholeInconclusive() {
        Scoring scoring = new Scoring(List.of(report(Capability.SERVING, Severity.LOW, all(MET))));
        List<Verdict> verdicts = scoring.verdicts(List.of());
        assertThat(scoring.overall(verdicts).value())
                .isEqualTo(
                        new Value.Inconclusive("no score for scheduling, gateway, observability, policy, ownership"));
        assertThat(scoring.overall(verdicts).atLeast()).isZero();
        assertThat(scoring.overall(verdicts).atMost()).isEqualTo(10);
        assertThat(scoring.grade(scoring.overall(verdicts))).isEmpty();
    }

    private static Map<Question, Outcome> all(Outcome outcome) {
        return Map.of(
                Question.WITHSTAND, outcome,
                Question.DETECT, outcome,
                Question.ATTRIBUTE, outcome,
                Question.ROUTE, outcome,
                Question.CONTAIN, outcome,
                Question.RECOVER, outcome);
    }

    private static ScenarioReport report(Capability capability, Severity severity, Map<Question, Outcome> answers) {
        return new ScenarioReport(
                ServingRun.scenario(new ScenarioId("TST-1"), capability, severity, List.of(new Check.BaselineSlo())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                answers);
    }

    private static Score score(Capability capability, ScenarioReport... reports) {
        return of(new Scoring(List.of(reports)).verdicts(List.of()), capability).score();
    }

    static Verdict of(List<Verdict> verdicts, Capability capability) {
        return verdicts.stream()
                .filter(verdict -> verdict.capability() == capability)
                .findFirst()
                .orElseThrow();
    }

    private static double points(Score score) {
        return switch (score.value()) {
            case Value.Points points -> points.points();
            case Value.Inconclusive why -> throw new AssertionError(why.why());
        };
    }
}
