package airworthy.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run as it was recorded: the only thing that a judge reads.
 *
 * @param entries the journal, in order
 * @param load the load records, in any order
 */
public record History(List<Entry> entries, List<RequestRecord> load) {
    public History {
        entries = List.copyOf(entries);
        load = List.copyOf(load);
    }

    /**
     * One record of a journal.
     *
     * @param seq from 0, without holes
     * @param at when
     * @param event what
     */
    public record Entry(long seq, Stamp at, Event event) {}

    /** An event of a known type, with its stamp. */
    public record Stamped<E extends Event>(Stamp at, E event, long seq) {}

    /** All events of one type, in order. */
    public <E extends Event> Stream<Stamped<E>> of(Class<E> type) {
        return entries.stream()
                .filter(entry -> type.isInstance(entry.event()))
                .map(entry -> new Stamped<>(entry.at(), type.cast(entry.event()), entry.seq()));
    }

    /** All events of one type that belong to a scenario, in order. */
    public <E extends Event.OfScenario> Stream<Stamped<E>> of(Class<E> type, ScenarioId scenario) {
        return of(type).filter(stamped -> stamped.event().scenario().equals(scenario));
    }

    /** The first event of a type that belongs to a scenario. */
    public <E extends Event.OfScenario> Optional<Stamped<E>> first(Class<E> type, ScenarioId scenario) {
        return of(type, scenario).findFirst();
    }

    /** When a phase of a scenario began, if it did. */
    public Optional<Stamp> phase(ScenarioId scenario, Phase phase) {
        return of(Event.PhaseBegan.class, scenario)
                .filter(began -> began.event().phase() == phase)
                .map(Stamped::at)
                .findFirst();
    }
}
