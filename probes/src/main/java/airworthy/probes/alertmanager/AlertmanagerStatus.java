package airworthy.probes.alertmanager;

import java.time.Duration;
import java.util.List;

/**
 * What an Alertmanager says of itself.
 *
 * @param version a simulated one says so after a plus sign
 * @param receivers the names of its receivers
 * @param groupWait the longest wait before a group's first notification, over all routes
 * @param groupInterval the longest wait before a changed group is notified again, over all routes
 */
public record AlertmanagerStatus(String version, List<String> receivers, Duration groupWait, Duration groupInterval) {
    public AlertmanagerStatus {
        receivers = List.copyOf(receivers);
    }
}
