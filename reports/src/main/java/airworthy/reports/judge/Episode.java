package airworthy.reports.judge;

import airworthy.model.Alert;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One alert from the first time that any source showed it until every source that showed it saw it end.
 *
 * @param sightings in order of time, at least one
 * @param over whether the last sighting ended it
 */
record Episode(List<Sighting> sightings, boolean over) {
    Episode {
        sightings = List.copyOf(sightings);
        if (sightings.isEmpty()) {
            throw new IllegalArgumentException("an episode nobody saw");
        }
    }

    Alert alert() {
        return sightings.getFirst().alert();
    }

    String name() {
        return alert().name();
    }

    Stream<Sighting> of(Sighting.Kind first, Sighting.Kind... rest) {
        Set<Sighting.Kind> kinds = EnumSet.of(first, rest);
        return sightings.stream().filter(sighting -> kinds.contains(sighting.kind()));
    }

    /** When somebody could first hear of it. */
    Optional<Sighting> start() {
        return sightings.stream().filter(sighting -> sighting.kind().loud()).findFirst();
    }

    boolean startsIn(Window window) {
        return start().filter(first -> window.holds(first.at())).isPresent();
    }

    /** Whether it had started before an instant and was not yet seen to end by then. */
    boolean onAt(long monoNs) {
        return start().filter(first -> first.at().monoNs() < monoNs).isPresent()
                && !(over && sightings.getLast().at().monoNs() < monoNs);
    }
}
