package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.History.Stamped;
import airworthy.model.Phase;
import airworthy.model.ScenarioId;
import airworthy.model.Stamp;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stretches of one scenario with a fault.
 *
 * @param baseline before the fault
 * @param applying from the first change to the onset
 * @param onset when all changes of the fault were made
 * @param hold from the onset to the start of healing
 * @param observed from the end of healing to the scenario's end, or to the contrast
 * @param tail the second control window, if it came to that
 * @param contrast from the contrast's first change to its healing, if it came to that
 */
record Windows(
        Window baseline,
        Window applying,
        Stamped<Event.FaultApplied> onset,
        Window hold,
        Window observed,
        Optional<Window> tail,
        Optional<Window> contrast) {

    /** Empty if the scenario never came through all its phases. */
    static Optional<Windows> of(History history, ScenarioId scenario) {
        Optional<Stamp> baseline = history.phase(scenario, Phase.BASELINE);
        Optional<Stamp> apply = history.phase(scenario, Phase.APPLY);
        Optional<Stamped<Event.FaultApplied>> onset = history.first(Event.FaultApplied.class, scenario);
        Optional<Stamp> heal = history.phase(scenario, Phase.HEAL);
        Optional<Stamp> observe = history.phase(scenario, Phase.OBSERVE);
        Optional<Stamp> second = history.phase(scenario, Phase.CONTRAST);
        Optional<Stamp> end = second.or(() -> end(history, scenario));
        if (baseline.isEmpty()
                || apply.isEmpty()
                || onset.isEmpty()
                || heal.isEmpty()
                || observe.isEmpty()
                || end.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Windows(
                new Window(baseline.get(), apply.get()),
                new Window(apply.get(), onset.get().at()),
                onset.get(),
                new Window(onset.get().at(), heal.get()),
                new Window(observe.get(), end.get()),
                history.phase(scenario, Phase.TAIL).map(tail -> new Window(tail, end.get())),
                second.flatMap(from -> history.phase(scenario, Phase.CONTRAST_HEAL)
                        .or(() -> end(history, scenario))
                        .map(to -> new Window(from, to)))));
    }

    /**
     * From the first change to the beginning of healing. An alert may be about the changes that are made while further ones are
     * still under way: the onset is stamped at the last, and its error reaches back to the first.
     */
    Window faulty() {
        return new Window(applying.from(), hold.to());
    }

    private static Optional<Stamp> end(History history, ScenarioId scenario) {
        return Stream.concat(
                        history.phase(scenario, Phase.DONE).stream(),
                        history.first(Event.ScenarioEnded.class, scenario).map(Stamped::at).stream())
                .min(Comparator.comparingLong(Stamp::monoNs));
    }
}
