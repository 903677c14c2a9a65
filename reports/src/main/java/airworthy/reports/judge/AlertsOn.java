package airworthy.reports.judge;

import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.History.Stamped;
import airworthy.model.PlatformProfile;
import airworthy.model.Target;
import java.util.List;
import java.util.Optional;

/** Which alerts there are at the end of a history: what a run waits for before it breaks anything, and heals for at once. */
public final class AlertsOn {
    private AlertsOn() {}

    /**
     * Alerts about a target that some source has shown and not yet shown the end of, pending ones included.
     *
     * @return their names, in order of their first sighting
     */
    public static List<String> about(Target target, PlatformProfile profile, History history) {
        return AlertLog.of(history, profile.alerts().heartbeats()).episodes().stream()
                .filter(episode -> !episode.over())
                .filter(episode ->
                        Subject.of(episode.alert(), target, profile.alerts().labels()) == Subject.TARGET)
                .map(Episode::name)
                .distinct()
                .toList();
    }

    /**
     * A page that began after an instant and names something that no scenario of the run hits and none has for its bystander:
     * somebody has a trouble that is not of our making. An alert that names nothing may be a poor one about the fault, and is
     * not counted.
     *
     * @param sinceNs the instant, monotonic
     * @return the alert and who was paged, in words
     */
    public static Optional<String> strayPage(long sinceNs, PlatformProfile profile, History history) {
        List<Target> hit = history.of(Event.Planned.class)
                .map(Stamped::event)
                .map(Event.Planned::target)
                .toList();
        return AlertLog.of(history, profile.alerts().heartbeats()).episodes().stream()
                .filter(episode -> episode.start()
                        .filter(start -> start.at().monoNs() >= sinceNs)
                        .isPresent())
                .filter(episode ->
                        Subject.named(episode.alert(), profile.alerts().labels()))
                .filter(episode -> hit.stream()
                        .allMatch(target -> Subject.of(
                                        episode.alert(),
                                        target,
                                        profile.alerts().labels())
                                == Subject.UNRELATED))
                .flatMap(episode -> episode.of(Sighting.Kind.NOTIFIED, Sighting.Kind.ACTIVE)
                        .flatMap(sighting -> sighting.receivers().stream())
                        .filter(receiver -> pages(receiver, profile.ownership()))
                        .map(receiver -> episode.name() + " " + episode.alert().labels() + " went to " + receiver))
                .findFirst();
    }

    private static boolean pages(String receiver, PlatformProfile.Ownership ownership) {
        return ownership.receivers().values().stream()
                .anyMatch(receivers -> receivers.get(receiver) == PlatformProfile.ReceiverKind.PAGE);
    }
}
