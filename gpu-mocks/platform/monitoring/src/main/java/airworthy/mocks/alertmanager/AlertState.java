package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.promql.Labels;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The alerts and silences that are known, and what mutes what. Safe for use by several threads. */
final class AlertState {
    private final Pacer pacer;
    private final List<InhibitRule> inhibitRules;
    private final Map<Labels, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Silence> silences = new ConcurrentHashMap<>();

    /** What mutes an alert. */
    record Muting(List<String> silencedBy, List<String> inhibitedBy) {
        boolean isMuted() {
            return !silencedBy.isEmpty() || !inhibitedBy.isEmpty();
        }
    }

    AlertState(Pacer pacer, List<InhibitRule> inhibitRules) {
        this.pacer = pacer;
        this.inhibitRules = inhibitRules;
    }

    /** Takes in an alert and returns it joined to what is known of it; alerts long resolved are forgotten. */
    synchronized Alert put(Alert alert) {
        Alert before = alerts.get(alert.labels());
        Alert merged = before == null ? alert : alert.after(before);
        alerts.put(merged.labels(), merged);
        Instant now = pacer.now();
        alerts.values().removeIf(a -> !a.equals(merged) && a.isResolvedAt(now));
        return merged;
    }

    /** Returns the alerts that are not resolved. */
    synchronized List<Alert> firing() {
        Instant now = pacer.now();
        return alerts.values().stream().filter(a -> !a.isResolvedAt(now)).toList();
    }

    Muting muting(Labels labels) {
        Instant now = pacer.now();
        List<String> silencedBy = silences.values().stream()
                .filter(s -> s.stateAt(now).equals("active") && s.matchers().match(labels))
                .map(Silence::id)
                .sorted()
                .toList();
        List<Alert> firing = firing();
        List<String> inhibitedBy = inhibitRules.stream()
                .flatMap(rule -> rule.muting(labels, firing).stream())
                .map(Alert::fingerprint)
                .distinct()
                .toList();
        return new Muting(silencedBy, inhibitedBy);
    }

    void put(Silence silence) {
        silences.put(silence.id(), silence);
    }

    Optional<Silence> silence(String id) {
        return Optional.ofNullable(silences.get(id));
    }

    Collection<Silence> silences() {
        return List.copyOf(silences.values());
    }
}
