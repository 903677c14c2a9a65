package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.Fidelity;
import airworthy.model.Finding;
import airworthy.model.History;
import airworthy.model.History.Stamped;
import airworthy.model.PlatformLayer;
import airworthy.model.Scenario;
import airworthy.model.ScenarioReport;
import airworthy.model.Score;
import airworthy.model.Scorecard;
import airworthy.model.Scorecard.Purpose;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a recorded run into what is said of the platform. */
public final class Judge {
    /** Who was asked next to nothing gets no score for it. */
    private static final Score UNSCORED =
            new Score(new Score.Value.Inconclusive("nothing was broken, so nothing is scored"), 0, 10);

    private Judge() {}

    /**
     * Judges a run.
     *
     * @throws IllegalArgumentException if the history does not tell how the run started
     */
    public static Scorecard judge(JudgeInput input) {
        Run run = Run.of(input);
        Event.RunStarted started = started(input.history());
        List<ScenarioReport> reports = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Hurt> hurts = new ArrayList<>();
        for (Scenario scenario : input.suite()) {
            ScenarioView view = run.view(scenario);
            ScenarioJudgement judgement = judgement(view);
            reports.add(judgement.report());
            findings.addAll(judgement.findings());
            if (judgement.report().invalid().isEmpty() && !scenario.audit() && !run.control()) {
                new DetectionClock(view).hurt().ifPresent(hurts::add);
            }
        }
        Scoring scoring = new Scoring(reports);
        List<Verdict> verdicts = run.control()
                ? scoring.verdicts(findings).stream().map(Judge::unscored).toList()
                : scoring.verdicts(findings);
        Score overall = run.control() ? UNSCORED : scoring.overall(verdicts);
        Map<PlatformLayer, Fidelity> fidelity = fidelity(run);
        return new Scorecard(
                started.runId(),
                started.seed(),
                started.harnessVersion(),
                input.suiteName(),
                input.planned(),
                run.control() ? Purpose.CONTROL : purpose(fidelity),
                Hurt.sum(hurts),
                input.history().entries().getFirst().at().wall(),
                duration(input.history()),
                input.profile().timeScale(),
                input.profile().name(),
                run.survey().flatMap(survey -> survey.event().kubernetesVersion()),
                fidelity,
                overall,
                scoring.grade(overall),
                verdicts,
                reports,
                restored(input.history()));
    }

    /**
     * Judges one scenario of a run that may still go on, as far as the history tells.
     *
     * @param scenario one of the suite
     * @param input the run so far
     */
    public static ScenarioJudgement judge(Scenario scenario, JudgeInput input) {
        return judgement(Run.of(input).view(scenario));
    }

    private static ScenarioJudgement judgement(ScenarioView view) {
        return view.run().control() ? new ControlJudge(view).judge() : new ScenarioJudge(view).judge();
    }

    private static Verdict unscored(Verdict verdict) {
        return new Verdict(verdict.capability(), UNSCORED, verdict.coverage(), verdict.findings());
    }

    private static Event.RunStarted started(History history) {
        return history.of(Event.RunStarted.class)
                .map(Stamped::event)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "cannot judge this history: found no record of how the run started among its "
                                + history.entries().size() + " records, expected it to be the first"));
    }

    private static Duration duration(History history) {
        return Duration.ofNanos(history.entries().getLast().at().monoNs()
                - history.entries().getFirst().at().monoNs());
    }

    /** What a layer says of itself wins over what the profile says of it. */
    private static Map<PlatformLayer, Fidelity> fidelity(Run run) {
        Map<PlatformLayer, Fidelity> fidelity = new EnumMap<>(PlatformLayer.class);
        fidelity.putAll(run.input().profile().fidelity());
        run.survey()
                .ifPresent(
                        survey -> survey.event().simulated().forEach(layer -> fidelity.put(layer, Fidelity.SIMULATED)));
        return fidelity;
    }

    private static Purpose purpose(Map<PlatformLayer, Fidelity> fidelity) {
        return fidelity.get(PlatformLayer.KUBERNETES) == Fidelity.SIMULATED
                        || fidelity.get(PlatformLayer.ALERTING) == Fidelity.SIMULATED
                ? Purpose.SELF_TEST
                : Purpose.ASSESSMENT;
    }

    private static boolean restored(History history) {
        Map<String, UndoState> last = new HashMap<>();
        history.of(Event.UndoMoved.class)
                .map(Stamped::event)
                .forEachOrdered(moved -> last.put(moved.step(), moved.state()));
        boolean steps = history.of(Event.UndoPlanned.class)
                .flatMap(planned -> planned.event().steps().stream())
                .map(UndoStep::id)
                .allMatch(step -> last.get(step) == UndoState.RESTORED);
        Optional<Boolean> ended = history.of(Event.RunEnded.class)
                .map(stamped -> stamped.event().restored())
                .findFirst();
        return steps && ended.orElse(false);
    }
}
