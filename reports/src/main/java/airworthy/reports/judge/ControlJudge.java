package airworthy.reports.judge;

import airworthy.model.CheckName;
import airworthy.model.Event;
import airworthy.model.Event.LoadRole;
import airworthy.model.Finding;
import airworthy.model.Outcome;
import airworthy.model.Question;
import airworthy.model.ScenarioReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a scenario whose fault was not made: whether anything was raised all the same. Asks only what can be known without a
 * fault, of the whole time from baseline to end; all else is not asked.
 */
final class ControlJudge {
    private final ScenarioView view;

    ControlJudge(ScenarioView view) {
        this.view = view;
    }

    ScenarioJudgement judge() {
        Optional<String> flaw = view.scenario().audit() ? Optional.empty() : flaw();
        List<Finding> findings = view.scenario().audit() ? List.of() : findings(flaw);
        Map<Question, Outcome> answers = new EnumMap<>(Question.class);
        findings.forEach(finding -> answers.merge(finding.check().question(), finding.outcome(), Outcome::worse));
        return new ScenarioJudgement(
                new ScenarioReport(
                        view.scenario(),
                        flaw,
                        Optional.empty(),
                        quiet(findings),
                        view.planned().map(planned -> planned.target().description()),
                        view.planned().map(Event.Planned::injector),
                        Map.of(),
                        List.of(),
                        ClientFigures.of(view),
                        answers),
                findings);
    }

    /** One that was ended early is judged by what was seen until then: what was raised was raised. */
    private Optional<String> flaw() {
        return view.of(Event.Invalid.class)
                .findFirst()
                .map(invalid -> "invalid: " + invalid.event().why())
                .or(() -> view.cut().isEmpty() || view.planned().isEmpty()
                        ? Optional.of("not finished: the journal lacks the plan or a phase of this scenario")
                        : Optional.empty());
    }

    private List<Finding> findings(Optional<String> flaw) {
        List<Finding> findings = new ArrayList<>();
        if (view.scenario().load().isPresent()) {
            findings.add(
                    finding(CheckName.BASELINE_SLO, flaw.map(Answer::unknown).orElseGet(() -> kept(LoadRole.TARGET))));
        }
        findings.add(finding(CheckName.QUIET, flaw.map(Answer::unknown).orElseGet(this::quiet)));
        if (!view.streams(LoadRole.BYSTANDER).isEmpty()) {
            findings.add(finding(
                    CheckName.BYSTANDERS_SLO, flaw.map(Answer::unknown).orElseGet(() -> kept(LoadRole.BYSTANDER))));
        }
        return List.copyOf(findings);
    }

    /** That nothing was raised up to an early end says nothing of the time that was to come. */
    private Finding finding(CheckName check, Answer found) {
        Answer answer = view.of(Event.Stopped.class)
                .findFirst()
                .filter(_ -> found.outcome() == Outcome.MET)
                .map(stopped -> Answer.unknown(
                        "stopped: " + stopped.event().why() + "; until then: " + found.message(),
                        List.of(Say.journal(stopped))))
                .orElse(found);
        return new Finding(view.scenario().id(), check, answer.outcome(), answer.message(), answer.evidence());
    }

    private Answer kept(LoadRole role) {
        List<Answer> answers = new ArrayList<>();
        for (LoadStream stream : view.streams(role)) {
            answers.add(stream.slo()
                    .map(slo -> view.distrust(slo)
                            .map(Answer::unknown)
                            .orElseGet(() -> SloJudge.judge(
                                    stream.name() + " without a fault",
                                    whole().intended(stream.requests()),
                                    view.promise(slo))))
                    .orElseGet(
                            () -> Answer.unknown("the profile promises nothing for inference " + stream.inference())));
        }
        return answers.isEmpty() ? Answer.unknown("no load was sent") : Answer.all(answers);
    }

    /** Where no alerting system is, its silence says nothing. */
    private Answer quiet() {
        Needs needs = new Needs(view);
        return needs.absent(CheckName.QUIET, true)
                .map(absent -> Answer.unknown(absent.message(), absent.evidence()))
                .or(() -> needs.unreadable(CheckName.QUIET))
                .orElseGet(this::alerts);
    }

    private Answer alerts() {
        Window whole = whole();
        List<Episode> loud = view.run().alerts().episodes().stream()
                .filter(episode -> view.subject(episode) != Subject.UNRELATED)
                .filter(episode ->
                        episode.startsIn(whole) || episode.onAt(whole.from().monoNs()))
                .toList();
        if (!loud.isEmpty()) {
            return Answer.notMet(
                    "nothing was broken, and these fired: "
                            + Say.names(
                                    loud.stream().map(Episode::name).distinct().toList()) + "; expected none in "
                            + Say.time(whole.length()),
                    loud.stream()
                            .flatMap(episode -> episode.start().stream())
                            .map(Sighting::evidence)
                            .toList());
        }
        return view.run()
                .alerts()
                .blindIn(whole)
                .map(outage -> Answer.unknown(
                        "no alert was seen, but " + outage.event().what() + " could not be read: "
                                + outage.event().why(),
                        List.of(Say.journal(outage))))
                .orElseGet(() -> Answer.met(
                        "no alert about target or bystander in " + Say.time(whole.length()) + " without a fault",
                        List.of()));
    }

    private Window whole() {
        return new Window(
                view.windows().baseline().from(), view.windows().observed().to());
    }

    private static Optional<Boolean> quiet(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check() == CheckName.QUIET)
                .filter(finding -> finding.outcome() != Outcome.UNKNOWN)
                .map(finding -> finding.outcome() == Outcome.MET)
                .findFirst();
    }
}
