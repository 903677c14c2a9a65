package airworthy.reports.judge;

import airworthy.model.Check;
import airworthy.model.Interval;
import airworthy.reports.judge.Telling.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks on whether alerts came when there was a fault, and only then. */
final class AlertChecks {
    private final ScenarioView view;

    AlertChecks(ScenarioView view) {
        this.view = view;
    }

    Answer notifiedInTime(Check.NotifiedInTime check) {
        Telling telling = Telling.of(view);
        Duration bound = view.scaled(check.within());
        if (telling.told().isEmpty()) {
            return untold(telling, bound);
        }
        Told told = telling.told().getFirst();
        Interval after = told.first().at().since(view.windows().onset().at());
        String message = told.episode().name() + " about the target: " + telling.verb() + " "
                + Say.names(told.receivers()) + " " + Say.time(after) + " after onset, at most " + Say.time(bound);
        List<String> evidence =
                List.of(Say.journal(view.windows().onset()), told.first().evidence());
        return switch (after.against(bound)) {
            case WITHIN ->
                telling.received()
                        ? Answer.met(message, evidence)
                        : Answer.unknown(
                                message + "; without a webhook of ours nobody knows whether it was received", evidence);
            case BEYOND -> Answer.notMet(message, evidence);
            case TOO_CLOSE -> Answer.unknown(message + "; too close to tell", evidence);
        };
    }

    private Answer untold(Telling telling, Duration bound) {
        Duration watched = view.windows().hold().length();
        if (telling.blind().isEmpty() && watched.compareTo(bound) < 0) {
            return Answer.unknown("nobody was told within " + Say.time(watched)
                    + ", but healing began before the deadline of " + Say.time(bound));
        }
        return telling.blind().isPresent()
                ? telling.withoutAlert()
                : Answer.notMet(
                        "nobody was told within " + Say.time(bound) + " of the onset"
                                + (telling.matching().isEmpty()
                                        ? ": no alert about the target fired"
                                        : ": " + telling.matching().getFirst().name() + " fired, but reached nobody")
                                + telling.before()
                                        .map(episode ->
                                                "; " + episode.name() + " was on before the fault and does not count")
                                        .orElse("")
                                + view.run()
                                        .alerts()
                                        .alsoUnreadableIn(view.windows().hold())
                                        .map(stamped -> "; meanwhile " + Telling.why(stamped))
                                        .orElse(""),
                        List.of(Say.journal(view.windows().onset())));
    }

    Answer quiet() {
        Windows windows = view.windows();
        List<Window> controls = Stream.concat(Stream.of(windows.baseline()), windows.tail().stream())
                .toList();
        List<Episode> loud = new ArrayList<>();
        for (Episode episode : view.run().alerts().episodes()) {
            Subject subject = view.subject(episode);
            boolean starts = controls.stream().anyMatch(episode::startsIn);
            boolean leftOver = subject == Subject.TARGET
                    && episode.onAt(windows.baseline().from().monoNs());
            if (subject != Subject.UNRELATED && (starts || leftOver)) {
                loud.add(episode);
            }
        }
        String window = "control windows (" + Say.time(windows.baseline().length()) + " before the fault, "
                + windows.tail().map(tail -> Say.time(tail.length())).orElse("nothing") + " after recovery)";
        if (!loud.isEmpty()) {
            return Answer.notMet(
                    "without a fault these fired: "
                            + Say.names(
                                    loud.stream().map(Episode::name).distinct().toList()) + "; expected none in the "
                            + window,
                    evidence(loud));
        }
        return blind(controls)
                .orElseGet(() -> Answer.met("no alert about target or bystander in the " + window, List.of()));
    }

    Answer noBystanderAlert() {
        if (view.target().bystanders().isEmpty()) {
            return Answer.unknown("the target has no bystander that an alert could name");
        }
        Window hold = view.windows().hold();
        List<Episode> started = view.episodes(Subject.BYSTANDER).stream()
                .filter(episode -> episode.startsIn(hold))
                .toList();
        if (!started.isEmpty()) {
            return Answer.notMet(
                    "alerts about bystanders began during the fault: "
                            + Say.names(started.stream()
                                    .map(Episode::name)
                                    .distinct()
                                    .toList()) + "; expected none",
                    evidence(started));
        }
        return blind(List.of(hold))
                .orElseGet(() -> Answer.met("no alert about a bystander began during the fault", List.of()));
    }

    private Optional<Answer> blind(List<Window> windows) {
        return windows.stream()
                .flatMap(window -> view.run().alerts().blindIn(window).stream())
                .findFirst()
                .map(outage -> Answer.unknown(
                        "no alert was seen, but " + outage.event().what() + " could not be read: "
                                + outage.event().why(),
                        List.of(Say.journal(outage))));
    }

    private static List<String> evidence(List<Episode> episodes) {
        return episodes.stream()
                .flatMap(episode -> episode.start().stream())
                .map(Sighting::evidence)
                .toList();
    }
}
