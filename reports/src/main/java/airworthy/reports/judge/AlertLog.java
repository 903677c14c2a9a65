package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.History.Stamped;
import airworthy.model.Stamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Every alert of a run, told apart by all its labels and cut into episodes; heartbeats are left out.
 *
 * @param episodes in order of their first sighting
 * @param unreadable when an alerting source could not be read
 */
record AlertLog(List<Episode> episodes, List<Stamped<Event.SourceUnreadable>> unreadable) {

    static AlertLog of(History history, Set<String> heartbeats) {
        List<Sighting> sightings = Stream.concat(
                        history.of(Event.AlertSeen.class).map(Sighting::seen),
                        history.of(Event.Notified.class).map(Sighting::notified))
                .filter(sighting -> !heartbeats.contains(sighting.alert().name()))
                .sorted(Comparator.comparingLong(
                                (Sighting sighting) -> sighting.at().monoNs())
                        .thenComparingLong(Sighting::seq))
                .toList();
        return new AlertLog(
                cut(sightings), history.of(Event.SourceUnreadable.class).toList());
    }

    /** Why silence in a window proves nothing, if it proves nothing. */
    Optional<Stamped<Event.SourceUnreadable>> blindIn(Window window) {
        return unreadable.stream()
                .filter(stamped -> tellsOfNotifications(stamped.event()))
                .filter(stamped -> overlaps(stamped.at(), window))
                .findFirst();
    }

    /** What else could not be read in a window: no excuse for silence, but perhaps its reason. */
    Optional<Stamped<Event.SourceUnreadable>> alsoUnreadableIn(Window window) {
        return unreadable.stream()
                .filter(stamped -> !tellsOfNotifications(stamped.event()))
                .filter(stamped -> overlaps(stamped.at(), window))
                .findFirst();
    }

    /** An outage is stamped where it was noticed; the stamp's error tells how long before it may have begun. */
    private static boolean overlaps(Stamp stamp, Window window) {
        return stamp.monoNs() + stamp.errorNs() >= window.from().monoNs()
                && stamp.monoNs() - stamp.errorNs() < window.to().monoNs();
    }

    /** Prometheus shows what is pending and firing; who was told is known without it. */
    private static boolean tellsOfNotifications(Event.SourceUnreadable unreadable) {
        return !unreadable.what().toLowerCase(Locale.ROOT).contains("prometheus");
    }

    private static List<Episode> cut(List<Sighting> sightings) {
        List<Open> all = new ArrayList<>();
        Map<SortedMap<String, String>, Open> open = new LinkedHashMap<>();
        for (Sighting sighting : sightings) {
            SortedMap<String, String> fingerprint = sighting.alert().labels();
            Open current = open.get(fingerprint);
            if (current == null) {
                if (sighting.kind().over()) {
                    continue;
                }
                current = new Open();
                open.put(fingerprint, current);
                all.add(current);
            }
            if (current.add(sighting)) {
                open.remove(fingerprint);
            }
        }
        return all.stream()
                .map(each -> new Episode(each.sightings, each.holders.isEmpty()))
                .toList();
    }

    private static final class Open {
        private final List<Sighting> sightings = new ArrayList<>();
        private final Set<String> holders = new HashSet<>();

        /** Whether nobody holds the alert any more. */
        boolean add(Sighting sighting) {
            sightings.add(sighting);
            if (sighting.kind().over()) {
                holders.remove(sighting.holder());
            } else {
                holders.add(sighting.holder());
            }
            return holders.isEmpty();
        }
    }
}
