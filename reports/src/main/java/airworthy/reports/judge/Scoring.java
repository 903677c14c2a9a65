package airworthy.reports.judge;

import airworthy.model.Capability;
import airworthy.model.Finding;
import airworthy.model.Grade;
import airworthy.model.Question;
import airworthy.model.ScenarioReport;
import airworthy.model.Score;
import airworthy.model.Score.Value;
import airworthy.model.Share;
import airworthy.model.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Points for answers: questions to capabilities, capabilities to one score and grade. */
final class Scoring {
    /** Below this coverage a capability has no score. */
    private static final double COVERAGE_NEEDED = 0.7;

    /** The most that a capability gets whose critical question was not met. */
    private static final double CRITICAL_CAP = 4.9;

    private final List<ScenarioReport> reports;

    Scoring(List<ScenarioReport> reports) {
        this.reports = List.copyOf(reports);
    }

    List<Verdict> verdicts(List<Finding> findings) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            List<ScenarioReport> own = reports.stream()
                    .filter(report -> report.scenario().capability() == capability)
                    .toList();
            Tally tally = tally(own, EnumSet.allOf(Question.class));
            verdicts.add(new Verdict(
                    capability,
                    score(capability, tally),
                    new Share(tally.coverage()),
                    findings.stream()
                            .filter(finding -> own.stream()
                                    .anyMatch(report -> report.scenario().id().equals(finding.scenario())))
                            .toList()));
        }
        return List.copyOf(verdicts);
    }

    private Score score(Capability capability, Tally own) {
        Tally earned = tally(reports, earnedEverywhere(capability));
        double atLeast = Math.min(
                own.askedAny() ? critical(own.atLeast(), own.criticalNotMet() || own.criticalUnknown()) : 0,
                earned.atLeast());
        double atMost = Math.min(critical(own.atMost(), own.criticalNotMet()), earned.atMost());
        if (!own.askedAny()) {
            return new Score(new Value.Inconclusive("no scenario asks about it"), atLeast, atMost);
        }
        if (own.coverage() < COVERAGE_NEEDED) {
            return new Score(
                    new Value.Inconclusive(String.format(
                            Locale.ROOT,
                            "%.0f%% of the asked weight could be judged, at least %.0f%% is needed",
                            own.coverage() * 100,
                            COVERAGE_NEEDED * 100)),
                    atLeast,
                    atMost);
        }
        double points = Math.min(critical(own.value(), own.criticalNotMet()), earned.value());
        return new Score(new Value.Points(points), atLeast, atMost);
    }

    private static double critical(double points, boolean capped) {
        return capped ? Math.min(points, CRITICAL_CAP) : points;
    }

    /** Questions of all scenarios that limit a capability, whichever capability they are counted for. */
    private static Set<Question> earnedEverywhere(Capability capability) {
        return switch (capability) {
            case OBSERVABILITY -> EnumSet.of(Question.DETECT, Question.ATTRIBUTE);
            case OWNERSHIP -> EnumSet.of(Question.ROUTE);
            case SCHEDULING, SERVING, GATEWAY, POLICY -> EnumSet.noneOf(Question.class);
        };
    }

    private static Tally tally(List<ScenarioReport> reports, Set<Question> questions) {
        Tally tally = new Tally();
        for (ScenarioReport report : reports) {
            for (Question question : questions) {
                Optional.ofNullable(report.answers().get(question))
                        .ifPresent(outcome -> tally.add(report.scenario().severity(), outcome));
            }
        }
        return tally;
    }

    Score overall(List<Verdict> verdicts) {
        List<String> inconclusive = verdicts.stream()
                .filter(verdict -> verdict.score().value() instanceof Value.Inconclusive)
                .map(verdict -> verdict.capability().id())
                .toList();
        Value value = inconclusive.isEmpty()
                ? new Value.Points(
                        mean(verdicts, verdict -> switch (verdict.score().value()) {
                            case Value.Points points -> points.points();
                            case Value.Inconclusive none -> 0;
                        }))
                : new Value.Inconclusive("no score for " + String.join(", ", inconclusive));
        return new Score(
                value,
                mean(verdicts, verdict -> verdict.score().atLeast()),
                mean(verdicts, verdict -> verdict.score().atMost()));
    }

    Optional<Grade> grade(Score overall) {
        boolean criticalNotMet = tally(reports, EnumSet.allOf(Question.class)).criticalNotMet();
        return switch (overall.value()) {
            case Value.Points points -> Optional.of(Grade.of(points.points(), criticalNotMet));
            case Value.Inconclusive none -> Optional.empty();
        };
    }

    /** The geometric mean: one capability at nothing leaves nothing. */
    private static double mean(List<Verdict> verdicts, ToDoubleFunction<Verdict> points) {
        double product = 1;
        for (Verdict verdict : verdicts) {
            product *= points.applyAsDouble(verdict) / 10;
        }
        return Math.min(10, 10 * Math.pow(product, 1.0 / verdicts.size()));
    }
}
