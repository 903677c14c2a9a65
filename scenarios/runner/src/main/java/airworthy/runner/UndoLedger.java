package airworthy.runner;

import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.UndoState;
import airworthy.model.UndoStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where every undo step of a run stands: a pure reading of its journal.
 *
 * @param entries each step and its last state, in the order of planning
 */
public record UndoLedger(List<Entry> entries) {
    public UndoLedger {
        entries = List.copyOf(entries);
    }

    /**
     * One step.
     *
     * @param step what to do
     * @param state where it stands
     * @param detail what was last seen of it
     */
    public record Entry(UndoStep step, UndoState state, String detail) {}

    /**
     * Reads the ledger out of a journal.
     *
     * @throws IllegalStateException if a state follows one that it cannot follow: our own bug
     */
    public static UndoLedger of(List<History.Entry> journal) {
        Map<String, Entry> steps = new LinkedHashMap<>();
        for (History.Entry record : journal) {
            switch (record.event()) {
                case Event.UndoPlanned planned ->
                    planned.steps().forEach(step -> steps.put(step.id(), new Entry(step, UndoState.PLANNED, "")));
                case Event.UndoMoved moved -> steps.compute(moved.step(), (id, before) -> advance(id, before, moved));
                default -> {
                    // says nothing of undo
                }
            }
        }
        return new UndoLedger(new ArrayList<>(steps.values()));
    }

    /** The steps that may still have something to put back, last planned first. */
    public List<UndoStep> open() {
        return entries.stream()
                .filter(entry -> entry.state().open())
                .map(Entry::step)
                .toList()
                .reversed();
    }

    /** Whether nothing of ours is left. */
    public boolean restored() {
        return entries.stream().noneMatch(entry -> entry.state().open());
    }

    /** The first step that could not be put back, if there is one: nothing else may be broken then. */
    public Optional<Entry> leftBehind() {
        return entries.stream()
                .filter(entry -> entry.state() == UndoState.CONFLICTED || entry.state() == UndoState.FAILED)
                .findFirst();
    }

    private static Entry advance(String id, @Nullable Entry before, Event.UndoMoved moved) {
        if (before == null) {
            throw new IllegalStateException(
                    "undo step " + id + " moved to " + moved.state() + " before it was planned");
        }
        if (!before.state().next().contains(moved.state())) {
            throw new IllegalStateException(
                    "undo step " + id + " cannot go from " + before.state() + " to " + moved.state());
        }
        return new Entry(before.step(), moved.state(), moved.detail());
    }
}
