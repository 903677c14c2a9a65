package airworthy.mocks.alertmanager;

import airworthy.mocks.alertmanager.Receiver.Resolved;
import airworthy.mocks.alertmanager.Receiver.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The way of a group to its receiver: what is muted is left out, what is known is not repeated, the rest is posted. */
final class Notifications implements AlertGroup.Notifier {
    private final Map<String, Receiver> receivers;
    private final AlertState state;
    private final NotificationLog log;
    private final WebhookPayload payload;
    private final WebhookSender sender;

    Notifications(
            Map<String, Receiver> receivers,
            AlertState state,
            NotificationLog log,
            WebhookPayload payload,
            WebhookSender sender) {
        this.receivers = receivers;
        this.state = state;
        this.log = log;
        this.payload = payload;
        this.sender = sender;
    }

    @Override
    public boolean notify(AlertGroup group, List<Alert> alerts, Instant now) throws InterruptedException {
        List<Webhook> webhooks = Optional.ofNullable(receivers.get(group.route().receiver()))
                .map(Receiver::webhooks)
                .orElse(List.of());
        List<Alert> audible =
                alerts.stream().filter(a -> !state.muting(a.labels()).isMuted()).toList();
        boolean allKnow = true;
        for (int i = 0; i < webhooks.size(); i++) {
            allKnow &= tell(group, webhooks.get(i), i, audible, now);
        }
        return allKnow;
    }

    private boolean tell(AlertGroup group, Webhook webhook, int index, List<Alert> alerts, Instant now)
            throws InterruptedException {
        Route route = group.route();
        Set<String> firing = fingerprints(alerts, a -> !a.isResolvedAt(now));
        Set<String> resolved = fingerprints(alerts, a -> a.isResolvedAt(now));
        NotificationLog.Key key = new NotificationLog.Key(route.receiver(), index, group.key());
        if (!log.isNews(
                key, firing, resolved, webhook.resolved(), now, route.timing().repeatInterval())) {
            return true;
        }
        List<Alert> told = webhook.resolved() == Resolved.SENT
                ? alerts
                : alerts.stream().filter(a -> !a.isResolvedAt(now)).toList();
        if (!told.isEmpty()) {
            Notification notification = new Notification(route.receiver(), group.key(), group.labels(), told, now);
            if (!sender.deliver(
                    route.receiver(), webhook.url(), payload.json(notification).toString())) {
                return false;
            }
        }
        log.note(key, firing, resolved, now);
        return true;
    }

    private static Set<String> fingerprints(List<Alert> alerts, Predicate<Alert> which) {
        return alerts.stream().filter(which).map(Alert::fingerprint).collect(Collectors.toSet());
    }
}
