package airworthy.reports.judge;

import airworthy.model.History;
import airworthy.model.PlatformProfile;
import airworthy.model.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which alerts are on at the end of a history: what a run waits for before it breaks anything, and after it healed. */
public final class AlertsOn {
    private AlertsOn() {}

    /**
     * Alerts about a target that some source has shown and not yet shown the end of, pending ones included.
     *
     * @return their names, in order of their first sighting
     */
    public static List<String> about(Target target, PlatformProfile profile, History history) {
        return AlertLog.of(history, profile.alerts().heartbeats()).episodes().stream()
                .filter(AlertsOn::on)
                .filter(episode ->
                        Subject.of(episode.alert(), target, profile.alerts().labels()) == Subject.TARGET)
                .map(Episode::name)
                .distinct()
                .toList();
    }

    private static boolean on(Episode episode) {
        Set<String> holders = new HashSet<>();
        for (Sighting sighting : episode.sightings()) {
            if (sighting.kind().over()) {
                holders.remove(sighting.holder());
            } else {
                holders.add(sighting.holder());
            }
        }
        return !holders.isEmpty();
    }
}
