package airworthy.mocks.alertmanager;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts deliveries by receiver and prints them in the exposition format. Safe for use by several threads. */
final class DeliveryCounters {
    private static final String NOTIFICATIONS = "alertmanager_notifications_total";
    private static final String FAILED_NOTIFICATIONS = "alertmanager_notifications_failed_total";
    private static final String REQUESTS = "alertmanager_notification_requests_total";
    private static final String FAILED_REQUESTS = "alertmanager_notification_requests_failed_total";

    private final Map<String, Map<String, LongAdder>> counters = new TreeMap<>();

    /** Makes a zero for each receiver, so that the first failure is an increase. */
    DeliveryCounters(Collection<String> receivers) {
        for (String metric : new String[] {NOTIFICATIONS, FAILED_NOTIFICATIONS, REQUESTS, FAILED_REQUESTS}) {
            Map<String, LongAdder> byReceiver = new ConcurrentHashMap<>();
            receivers.forEach(receiver -> byReceiver.put(receiver, new LongAdder()));
            counters.put(metric, byReceiver);
        }
    }

    void notification(String receiver) {
        count(NOTIFICATIONS, receiver);
    }

    void failedNotification(String receiver) {
        count(FAILED_NOTIFICATIONS, receiver);
    }

    void request(String receiver) {
        count(REQUESTS, receiver);
    }

    void failedRequest(String receiver) {
        count(FAILED_REQUESTS, receiver);
    }

    private void count(String metric, String receiver) {
        counters.getOrDefault(metric, Map.of())
                .getOrDefault(receiver, new LongAdder())
                .increment();
    }

    String exposition() {
        StringBuilder page = new StringBuilder();
        counters.forEach((metric, byReceiver) -> {
            page.append("# TYPE ").append(metric).append(" counter\n");
            new TreeMap<>(byReceiver)
                    .forEach((receiver, count) -> page.append(metric)
                            .append("{integration=\"webhook\",receiver_name=\"")
                            .append(receiver.replace("\\", "\\\\").replace("\"", "\\\""))
                            .append("\"} ")
                            .append(count.sum())
                            .append('\n'));
        });
        return page.toString();
    }
}
