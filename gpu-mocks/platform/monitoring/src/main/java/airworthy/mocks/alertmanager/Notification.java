package airworthy.mocks.alertmanager;

import airworthy.mocks.promql.Labels;
import java.time.Instant;
import java.util.List;

/** What a receiver is told about a group at one moment. */
record Notification(String receiver, String groupKey, Labels groupLabels, List<Alert> alerts, Instant now) {
    Notification {
        alerts = List.copyOf(alerts);
    }

    String status() {
        return alerts.stream().allMatch(a -> a.isResolvedAt(now)) ? "resolved" : "firing";
    }
}
