package airworthy.reports.judge;

import airworthy.model.Cause;
import airworthy.model.Check;
import airworthy.model.Event;
import airworthy.model.History.Stamped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what was told of the fault is told of something else as well. */
final class ContrastChecks {
    private final ScenarioView view;

    ContrastChecks(ScenarioView view) {
        this.view = view;
    }

    /** Silence counts only where the contrast held for as long as it took to tell of the fault. */
    Answer toldApart(Check.ToldApart check) {
        Telling telling = Telling.of(view);
        if (telling.told().isEmpty()) {
            return telling.withoutAlert();
        }
        Optional<Stamped<Event.ContrastApplied>> made =
                view.of(Event.ContrastApplied.class).findFirst();
        Optional<Window> window = view.windows().contrast();
        if (made.isEmpty() || window.isEmpty()) {
            return neverMade();
        }
        Set<String> told =
                telling.told().stream().map(each -> each.episode().name()).collect(Collectors.toSet());
        List<Episode> about = view.episodes(Subject.TARGET).stream()
                .filter(episode -> told.contains(episode.name()) || standsFor(check.cause(), episode))
                .toList();
        List<Episode> same =
                about.stream().filter(episode -> episode.startsIn(window.get())).toList();
        List<String> evidence = new ArrayList<>();
        evidence.add(Say.journal(made.get()));
        if (!same.isEmpty()) {
            same.forEach(episode -> episode.start().map(Sighting::evidence).ifPresent(evidence::add));
            return Answer.notMet(
                    "the contrast raised " + names(same) + " as well, so that it does not tell "
                            + check.cause().id() + " from it",
                    evidence);
        }
        return silent(telling, made.get(), window.get(), about, evidence);
    }

    private Answer silent(
            Telling telling,
            Stamped<Event.ContrastApplied> made,
            Window window,
            List<Episode> about,
            List<String> evidence) {
        Window held = new Window(made.at(), window.to());
        List<Stamped<Event.LandedSeen>> looks = view.of(Event.LandedSeen.class)
                .filter(look -> held.holds(look.at()))
                .toList();
        looks.stream().map(Say::journal).forEach(evidence::add);
        Optional<String> unproven = Standing.unproven(looks);
        if (unproven.isPresent()) {
            return Answer.unknown("the contrast is not proven: " + unproven.get(), evidence);
        }
        List<Episode> still = about.stream()
                .filter(episode -> episode.onAt(window.from().monoNs()))
                .toList();
        if (!still.isEmpty()) {
            return Answer.unknown(
                    names(still) + " was still on when the contrast was made, so that it could not start anew",
                    evidence);
        }
        Optional<Stamped<Event.SourceUnreadable>> blind = view.run().alerts().blindIn(window);
        if (blind.isPresent()) {
            return Answer.unknown("the contrast raised nothing, but " + Telling.why(blind.get()), evidence);
        }
        Duration took = Duration.ofNanos(telling.told().getFirst().first().at().monoNs()
                - view.windows().onset().at().monoNs());
        String message =
                names(telling.told().stream().map(Telling.Told::episode).toList()) + " came " + Say.time(took)
                        + " after the fault, and not of the contrast in " + Say.time(held.length());
        return held.length().compareTo(took) < 0
                ? Answer.unknown(message + ", which is too short to tell", evidence)
                : Answer.met(message, evidence);
    }

    private Answer neverMade() {
        return view.of(Event.ContrastFailed.class)
                .findFirst()
                .map(failed -> Answer.unknown(
                        "the contrast could not be made: " + failed.event().why(), List.of(Say.journal(failed))))
                .orElseGet(() -> Answer.unknown("it never came to the contrast"));
    }

    private boolean standsFor(Cause cause, Episode episode) {
        return view.profile().alerts().causes().get(episode.name()) == cause;
    }

    private static String names(List<Episode> episodes) {
        return Say.names(episodes.stream().map(Episode::name).distinct().toList());
    }
}
