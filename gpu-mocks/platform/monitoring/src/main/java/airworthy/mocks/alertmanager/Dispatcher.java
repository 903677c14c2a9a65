package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.promql.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sorts alerts into groups by the routing tree. Safe for use by several threads. */
final class Dispatcher implements AutoCloseable {
    private record Place(Route route, Labels labels) {}

    private final Route root;
    private final AlertGroup.Notifier notifier;
    private final Pacer pacer;
    private final Map<Place, AlertGroup> groups = new LinkedHashMap<>();

    Dispatcher(Route root, AlertGroup.Notifier notifier, Pacer pacer) {
        this.root = root;
        this.notifier = notifier;
        this.pacer = pacer;
    }

    synchronized void insert(Alert alert) {
        for (Route route : root.match(alert.labels())) {
            Labels labels = route.groupBy().group(alert.labels());
            Place place = new Place(route, labels);
            AlertGroup group = groups.get(place);
            if (group == null) {
                if (alert.isResolvedAt(pacer.now())) {
                    continue;
                }
                group = new AlertGroup(route, labels, notifier, pacer, this::retire);
                groups.put(place, group);
            }
            group.insert(alert);
        }
    }

    private synchronized void retire(AlertGroup group) {
        if (group.isEmpty()) {
            groups.remove(new Place(group.route(), group.labels()));
            group.stop();
        }
    }

    synchronized List<AlertGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** Returns the names of the receivers that an alert is routed to. */
    List<String> receivers(Labels labels) {
        return root.match(labels).stream().map(Route::receiver).distinct().toList();
    }

    @Override
    public synchronized void close() {
        groups.values().forEach(AlertGroup::stop);
    }
}
