package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.promql.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The alerts of one route that are notified about together: first after group_wait, then looked at every
 * group_interval until none is left.
 */
final class AlertGroup {
    /** Tells receivers about a group; returns whether all of them know. */
    @FunctionalInterface
    interface Notifier {
        boolean notify(AlertGroup group, List<Alert> alerts, Instant now) throws InterruptedException;
    }

    private static final Comparator<Alert> ORDER = Comparator.<Alert, String>comparing(
                    a -> a.labels().get("job"))
            .thenComparing(a -> a.labels().get("instance"))
            .thenComparing(Alert::fingerprint);

    private final Route route;
    private final Labels labels;
    private final Notifier notifier;
    private final Pacer pacer;
    private final Consumer<AlertGroup> whenEmpty;
    private final Map<Labels, Alert> alerts = new LinkedHashMap<>();
    private Pacer.Task next;
    private boolean flushed;

    AlertGroup(Route route, Labels labels, Notifier notifier, Pacer pacer, Consumer<AlertGroup> whenEmpty) {
        this.route = route;
        this.labels = labels;
        this.notifier = notifier;
        this.pacer = pacer;
        this.whenEmpty = whenEmpty;
        this.next = pacer.after(route.timing().groupWait(), this::flush);
    }

    Route route() {
        return route;
    }

    Labels labels() {
        return labels;
    }

    String key() {
        return route.key() + ":" + labels;
    }

    synchronized Collection<Alert> alerts() {
        return List.copyOf(alerts.values());
    }

    /** Adds or renews an alert; one that began longer than group_wait ago is not made to wait again. */
    synchronized void insert(Alert alert) {
        alerts.put(alert.labels(), alert);
        Instant due = alert.startsAt().plus(route.timing().groupWait());
        if (!flushed && due.isBefore(pacer.now())) {
            flushed = true;
            next.cancel();
            next = pacer.after(Duration.ZERO, this::flush);
        }
    }

    private void flush() {
        Instant now = pacer.now();
        List<Alert> snapshot;
        synchronized (this) {
            flushed = true;
            snapshot = alerts.values().stream().sorted(ORDER).toList();
        }
        try {
            if (notifier.notify(this, snapshot, now)) {
                forgetResolved(snapshot, now);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            Duration rest = route.timing().groupInterval().minus(Duration.between(now, pacer.now()));
            next = pacer.after(rest.isNegative() ? Duration.ZERO : rest, this::flush);
        }
        if (isEmpty()) {
            whenEmpty.accept(this);
        }
    }

    synchronized boolean isEmpty() {
        return alerts.isEmpty();
    }

    private synchronized void forgetResolved(List<Alert> told, Instant now) {
        for (Alert alert : told) {
            if (alert.isResolvedAt(now)) {
                alerts.remove(alert.labels(), alert);
            }
        }
    }

    synchronized void stop() {
        next.cancel();
    }
}
