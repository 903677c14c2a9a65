package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.History.Stamped;
import java.util.List;
import java.util.Optional;

/**
 * Whether a scenario ran in such a way that its questions can be answered at all.
 *
 * @param flaw why they cannot, if they cannot
 * @param landed whether the fault was seen to hold; empty if that is not asked or not known
 * @param evidence where that is seen
 */
record Standing(Optional<String> flaw, Optional<Boolean> landed, List<String> evidence) {

    static Standing of(ScenarioView view) {
        Optional<Boolean> landed = view.scenario().audit() ? Optional.empty() : landed(view);
        Optional<Stamped<Event.Invalid>> invalid = view.of(Event.Invalid.class).findFirst();
        if (invalid.isPresent()) {
            return flawed("invalid: " + invalid.get().event().why(), landed, invalid.get());
        }
        Optional<Stamped<Event.Stopped>> stopped = view.of(Event.Stopped.class).findFirst();
        if (stopped.isPresent()) {
            return flawed("stopped: " + stopped.get().event().why(), landed, stopped.get());
        }
        if (view.of(Event.ScenarioEnded.class).findFirst().isEmpty()) {
            return new Standing(
                    Optional.of("not finished: the journal holds no end of this scenario"), landed, List.of());
        }
        return view.scenario().audit() ? new Standing(Optional.empty(), landed, List.of()) : ran(view, landed);
    }

    private static Standing ran(ScenarioView view, Optional<Boolean> landed) {
        if (view.cut().isEmpty() || view.planned().isEmpty()) {
            return new Standing(
                    Optional.of("not finished: the journal lacks the plan, the onset or a phase of this scenario"),
                    landed,
                    List.of());
        }
        List<Stamped<Event.LandedSeen>> looks = looks(view);
        Optional<String> unproven = unproven(looks);
        return new Standing(
                unproven,
                landed,
                unproven.isEmpty()
                        ? List.of()
                        : lapse(looks)
                                .map(look -> List.of(Say.journal(look)))
                                .orElseGet(() -> looks.stream()
                                        .limit(3)
                                        .map(Say::journal)
                                        .toList()));
    }

    /** Why these looks do not show that a fault held from some time on until the last of them; empty if they do. */
    static Optional<String> unproven(List<Stamped<Event.LandedSeen>> looks) {
        Optional<Stamped<Event.LandedSeen>> lapse = lapse(looks);
        if (lapse.isPresent()) {
            return Optional.of("lapsed: the fault held and then did not: "
                    + lapse.get().event().how());
        }
        return looks.stream().noneMatch(look -> look.event().holds())
                ? Optional.of("not landed: the fault was never seen to hold"
                        + looks.stream()
                                .reduce((first, later) -> later)
                                .map(look -> ": " + look.event().how())
                                .orElse(""))
                : Optional.empty();
    }

    private static Standing flawed(String why, Optional<Boolean> landed, Stamped<?> seen) {
        return new Standing(Optional.of(why), landed, List.of(Say.journal(seen)));
    }

    private static Optional<Boolean> landed(ScenarioView view) {
        List<Stamped<Event.LandedSeen>> looks = looks(view);
        return looks.isEmpty()
                ? Optional.empty()
                : Optional.of(looks.stream().anyMatch(look -> look.event().holds())
                        && lapse(looks).isEmpty());
    }

    /** What is seen once healing has begun says nothing about the fault. */
    private static List<Stamped<Event.LandedSeen>> looks(ScenarioView view) {
        return view.of(Event.LandedSeen.class)
                .filter(look -> view.cut()
                        .map(windows -> look.at().monoNs() < windows.hold().to().monoNs())
                        .orElse(true))
                .toList();
    }

    private static Optional<Stamped<Event.LandedSeen>> lapse(List<Stamped<Event.LandedSeen>> looks) {
        return looks.stream()
                .dropWhile(look -> !look.event().holds())
                .filter(look -> !look.event().holds())
                .findFirst();
    }
}
