package airworthy.probes.alertmanager;

import airworthy.model.Event.AlertSeen;
import airworthy.probes.Reading;
import airworthy.probes.prometheus.PrometheusProbe;
import java.util.List;
import java.util.Optional;

/**
 * Where alerts are listed.
 *
 * @param name the source of stamps, for example {@code prometheus}
 * @param listing how to read them
 */
public record AlertSource(String name, Listing listing) {

    /** Reads all alerts that a source lists now; bounded in time. */
    @FunctionalInterface
    public interface Listing {
        Reading<List<AlertSeen>> read() throws InterruptedException;
    }

    /** Pending and firing alerts, before any routing. */
    public static AlertSource of(PrometheusProbe probe) {
        return new AlertSource(
                "prometheus",
                () -> probe.alerts()
                        .map(alerts -> alerts.stream()
                                .map(seen -> new AlertSeen(
                                        seen.state(), seen.alert(), List.of(), Optional.of(seen.activeAt())))
                                .toList()));
    }

    /** Active and suppressed alerts, with the receivers that they are routed to. */
    public static AlertSource of(AlertmanagerProbe probe) {
        return new AlertSource(
                "alertmanager",
                () -> probe.alerts()
                        .map(alerts -> alerts.stream()
                                .map(seen -> new AlertSeen(
                                        seen.state(), seen.alert(), seen.receivers(), Optional.of(seen.startsAt())))
                                .toList()));
    }
}
