package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.History.Stamped;
import airworthy.model.PlatformProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who was told about the target, from the onset to the start of healing.
 *
 * @param received whether our webhook heard the notifications; if not, only their routes are known
 * @param matching episodes about the target that began in that time
 * @param told those of them that somebody was told of, earliest first
 * @param blind why silence proves nothing, if it proves nothing
 * @param before an alert about the target that was on at the onset already
 */
record Telling(
        boolean received, List<Episode> matching, List<Told> told, Optional<String> blind, Optional<Episode> before) {
    Telling {
        matching = List.copyOf(matching);
        told = List.copyOf(told);
    }

    /**
     * One alert of which somebody was told.
     *
     * @param episode the alert
     * @param first when somebody was first told
     * @param receivers who was told before healing began
     */
    record Told(Episode episode, Sighting first, SortedSet<String> receivers) {}

    static Telling of(ScenarioView view) {
        Window faulty = view.windows().faulty();
        boolean received = view.profile()
                .alertmanager()
                .flatMap(PlatformProfile.Alertmanager::webhook)
                .isPresent();
        List<Episode> about = view.episodes(Subject.TARGET);
        List<Episode> matching =
                about.stream().filter(episode -> episode.startsIn(faulty)).toList();
        return new Telling(
                received,
                matching,
                matching.stream()
                        .flatMap(episode -> told(episode, faulty, received).stream())
                        .sorted(Comparator.comparingLong(
                                (Told told) -> told.first().at().monoNs()))
                        .toList(),
                view.run().alerts().blindIn(faulty).map(Telling::why),
                about.stream()
                        .filter(episode -> episode.onAt(faulty.from().monoNs()))
                        .findFirst());
    }

    private static Optional<Told> told(Episode episode, Window faulty, boolean received) {
        List<Sighting> tellings = episode.of(received ? Sighting.Kind.NOTIFIED : Sighting.Kind.ACTIVE)
                .filter(sighting -> faulty.holds(sighting.at()))
                .toList();
        SortedSet<String> receivers = new TreeSet<>();
        tellings.forEach(sighting -> receivers.addAll(sighting.receivers()));
        return tellings.stream().findFirst().map(first -> new Told(episode, first, receivers));
    }

    static String why(Stamped<Event.SourceUnreadable> stamped) {
        return stamped.event().what() + " could not be read (" + stamped.event().why() + ", " + Say.journal(stamped)
                + ")";
    }

    /** Whether it is known that nobody was told. */
    boolean nobody() {
        return told.isEmpty() && blind.isEmpty();
    }

    SortedSet<String> receivers() {
        SortedSet<String> all = new TreeSet<>();
        told.forEach(each -> all.addAll(each.receivers()));
        return all;
    }

    /** "Notified" is said of what arrived, "routed to" of what was only seen to be on its way. */
    String verb() {
        return received ? "notified" : "routed to";
    }

    List<String> evidence() {
        return told.stream().map(each -> each.first().evidence()).toList();
    }

    /** What a check on an alert comes to if there is none. */
    Answer withoutAlert() {
        return blind.map(why -> Answer.unknown("no alert about the target was seen, but " + why))
                .orElseGet(() -> Answer.notMet(
                        "nobody was told about the target while the fault was on, so there is no alert to judge"
                                + before.map(episode ->
                                                "; " + episode.name() + " was on before the fault and does not count")
                                        .orElse(""),
                        List.of()));
    }
}
