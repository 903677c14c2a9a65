package airworthy.cli;

import airworthy.model.Capability;
import airworthy.model.Check;
import airworthy.model.Grade;
import airworthy.model.Outcome;
import airworthy.model.Phases;
import airworthy.model.Question;
import airworthy.model.Scenario;
import airworthy.model.ScenarioId;
import airworthy.model.ScenarioReport;
import airworthy.model.Score;
import airworthy.model.Scorecard;
import airworthy.model.Severity;
import airworthy.model.TargetSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Scorecards that differ only in what an exit code depends on. */
final class Cards {
    private Cards() {}

    static Scorecard scored(boolean restored, Grade grade, Severity severity, Outcome outcome) {
        return card(restored, new Score.Value.Points(5), Optional.of(grade), severity, outcome);
    }

    /** Of a run without a fault. */
    static Scorecard control(boolean restored, Severity severity, Outcome outcome) {
        return card(
                Scorecard.Purpose.CONTROL,
                restored,
                new Score.Value.Inconclusive("nothing was broken"),
                Optional.empty(),
                severity,
                outcome);
    }

    static Scorecard inconclusive(boolean restored, Severity severity, Outcome outcome) {
        return card(restored, new Score.Value.Inconclusive("too little"), Optional.empty(), severity, outcome);
    }

    private static Scorecard card(
            boolean restored, Score.Value value, Optional<Grade> grade, Severity severity, Outcome outcome) {
        return card(Scorecard.Purpose.ASSESSMENT, restored, value, grade, severity, outcome);
    }

    private static Scorecard card(
            Scorecard.Purpose purpose,
            boolean restored,
            Score.Value value,
            Optional<Grade> grade,
            Severity severity,
            Outcome outcome) {
        Scenario scenario = new Scenario(
                new ScenarioId("SRV-4"),
                "slow-tokens",
                Capability.SERVING,
                severity,
                "title",
                "why",
                Set.of(),
                Optional.empty(),
                new TargetSelector.WholePlatform(),
                new Phases(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                List.of(),
                List.of(new Check.UndoVerified()),
                "remedy");
        ScenarioReport report = new ScenarioReport(
                scenario,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Map.of(Question.DETECT, outcome, Question.RECOVER, Outcome.MET));
        return new Scorecard(
                "r1",
                1,
                "test",
                "v1",
                1,
                purpose,
                new Scorecard.HurtBeforeTold(Optional.empty(), Optional.empty(), 0, 0),
                Instant.EPOCH,
                Duration.ofSeconds(1),
                1,
                "staging",
                Optional.empty(),
                Map.of(),
                new Score(value, 0, 10),
                grade,
                List.of(),
                List.of(report),
                restored);
    }
}
