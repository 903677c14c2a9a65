package airworthy.probes.alertmanager;

import airworthy.model.AlertState;
import airworthy.model.Event.AlertSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What changed between two listings of one source. Pure; an alert is who its labels say. */
final class AlertDiff {
    private AlertDiff() {}

    /**
     * The alerts that are new, changed or gone, in the order of their labels. An alert changed if its state, its receivers
     * or its beginning did: annotations may carry the figure of the moment, and say nothing of the alert's course.
     */
    static List<AlertSeen> between(List<AlertSeen> before, List<AlertSeen> now) {
        SortedMap<String, AlertSeen> known = byLabels(before);
        SortedMap<String, AlertSeen> listed = byLabels(now);
        SortedMap<String, AlertSeen> changes = new TreeMap<>();
        known.forEach((labels, alert) -> {
            if (!listed.containsKey(labels)) {
                changes.put(labels, resolved(alert));
            }
        });
        listed.forEach((labels, alert) -> {
            AlertSeen earlier = known.get(labels);
            if (earlier == null || changed(earlier, alert)) {
                changes.put(labels, alert);
            }
        });
        return new ArrayList<>(changes.values());
    }

    private static boolean changed(AlertSeen earlier, AlertSeen now) {
        return earlier.state() != now.state()
                || !earlier.receivers().equals(now.receivers())
                || !earlier.startsAt().equals(now.startsAt());
    }

    private static AlertSeen resolved(AlertSeen last) {
        return new AlertSeen(AlertState.RESOLVED, last.alert(), last.receivers(), last.startsAt());
    }

    /** Two rules may raise alerts with the same labels: the one that is further on stands for both. */
    private static SortedMap<String, AlertSeen> byLabels(List<AlertSeen> alerts) {
        SortedMap<String, AlertSeen> byLabels = new TreeMap<>();
        for (AlertSeen alert : alerts) {
            byLabels.merge(
                    key(alert.alert().labels()),
                    alert,
                    (one, other) -> one.state().compareTo(other.state()) >= 0 ? one : other);
        }
        return byLabels;
    }

    private static String key(Map<String, String> labels) {
        return labels.toString();
    }
}
