package airworthy.runner;

import airworthy.faults.Actuator;
import airworthy.faults.Applied;
import airworthy.faults.Planning;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.ScenarioId;
import airworthy.model.Stamp;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The changes of one scenario and how they are taken back. Its undo is complete before {@link #apply} makes the first
 * change.
 */
final class Injection {
    private final ScenarioId scenario;
    private final List<Change> changes;
    private final int preparing;
    private final List<UndoStep> steps;
    private final List<Actuator> actuators;
    private final EventSink journal;
    private final Stamps stamps;

    Injection(
            ScenarioId scenario, Planning.Planned planned, List<Actuator> actuators, EventSink journal, Stamps stamps) {
        this(scenario, 0, planned, actuators, journal, stamps);
    }

    /** @param first what the first of its undo steps is counted as; those of one scenario are counted on */
    Injection(
            ScenarioId scenario,
            int first,
            Planning.Planned planned,
            List<Actuator> actuators,
            EventSink journal,
            Stamps stamps) {
        this.scenario = scenario;
        this.changes = planned.changes();
        this.preparing = planned.preparing();
        this.actuators = List.copyOf(actuators);
        this.journal = journal;
        this.stamps = stamps;
        List<UndoStep> undo = new ArrayList<>();
        for (Change change : changes) {
            undo.add(new UndoStep(scenario + "/" + (first + undo.size()), scenario, change.undo()));
        }
        this.steps = List.copyOf(undo);
    }

    /** How applying ended. */
    sealed interface Ended {
        /**
         * Every change was made or refused by the platform.
         *
         * @param took from the first change of the fault itself to the last: how far off its onset may be
         */
        record Complete(Duration took) implements Ended {}

        /** One change could not be made; those before it were. */
        record Broken(String why) implements Ended {}
    }

    /** The undo list, in the order of the changes. */
    List<UndoStep> steps() {
        return steps;
    }

    /** Writes the undo list; it is on the disk when this returns. */
    void recordIntent() {
        journal.record(stamps.now("harness"), new Event.UndoPlanned(scenario, steps));
    }

    /**
     * Makes the changes in order.
     *
     * @param told hears of each change that the platform took or refused
     */
    Ended apply(BiConsumer<Change, Applied> told) throws InterruptedException {
        Optional<Stamp> begun = Optional.empty();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (i == preparing) {
                begun = Optional.of(stamps.now("harness"));
            }
            UndoStep step = steps.get(i);
            Actuator actuator = actuators.stream()
                    .filter(candidate -> candidate.carriesOut(change))
                    .findFirst()
                    .orElse(null);
            if (actuator == null) {
                return new Ended.Broken("nothing here can " + change.describe());
            }
            move(step, UndoState.APPLYING, change.describe());
            Applied applied = actuator.apply(change);
            switch (applied) {
                case Applied.Done done -> move(step, UndoState.APPLIED, done.detail());
                case Applied.Refused refused -> move(step, UndoState.REFUSED, refused.message());
                case Applied.Failed failed -> {
                    return new Ended.Broken(change.describe() + ": " + failed.why());
                }
            }
            told.accept(change, applied);
        }
        Stamp ended = stamps.now("harness");
        return new Ended.Complete(
                begun.map(stamp -> ended.since(stamp).length()).orElse(Duration.ZERO));
    }

    private void move(UndoStep step, UndoState state, String detail) {
        journal.record(stamps.now("harness"), new Event.UndoMoved(scenario, step.id(), state, detail));
    }
}
