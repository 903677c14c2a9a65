package airworthy.mocks.prometheus;

import airworthy.mocks.prometheus.ActiveAlert.Phase;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.PromqlException;
import airworthy.mocks.promql.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The alerts of one rule from evaluation to evaluation, after Prometheus's AlertingRule. */
final class AlertBook {
    private final Rule.Alerting rule;
    private final Duration resolvedRetention;
    private final Map<Labels, Instant> lastSent = new HashMap<>();
    private volatile Map<Labels, ActiveAlert> alerts = Map.of();

    /**
     * Makes an empty book.
     *
     * @param resolvedRetention how long a resolved alert is still sent, 15 m in Prometheus
     */
    AlertBook(Rule.Alerting rule, Duration resolvedRetention) {
        this.rule = rule;
        this.resolvedRetention = resolvedRetention;
    }

    /** Returns the pending and firing alerts. */
    List<ActiveAlert> active() {
        return alerts.values().stream().filter(ActiveAlert::isActive).toList();
    }

    /** Takes in the samples of one evaluation. */
    void update(List<Sample> samples, Instant now) {
        Map<Labels, Sample> found = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (found.put(labels(sample), sample) != null) {
                throw PromqlException.unanswerable(
                        "vector contains metrics with the same labelset after applying alert labels");
            }
        }
        Map<Labels, ActiveAlert> next = new LinkedHashMap<>();
        found.forEach((labels, sample) -> next.put(labels, holding(labels, sample, now)));
        alerts.forEach((labels, alert) -> {
            if (!found.containsKey(labels)) {
                absent(alert, now).ifPresent(a -> next.put(labels, a));
            }
        });
        lastSent.keySet().retainAll(next.keySet());
        alerts = next;
    }

    private ActiveAlert holding(Labels labels, Sample sample, Instant now) {
        Optional<ActiveAlert> before = Optional.ofNullable(alerts.get(labels)).filter(ActiveAlert::isActive);
        Instant activeAt = before.map(ActiveAlert::activeAt).orElse(now);
        boolean heldLongEnough = Duration.between(activeAt, now).compareTo(rule.holdFor()) >= 0;
        Phase phase = switch (before.map(ActiveAlert::phase).orElse(new Phase.Pending())) {
            case Phase.Firing(Instant since, var _) -> new Phase.Firing(since, Optional.empty());
            case Phase.Pending pending -> heldLongEnough ? new Phase.Firing(now, Optional.empty()) : pending;
            case Phase.Resolved _ -> throw new IllegalStateException("a resolved alert is not active");
        };
        return new ActiveAlert(labels, annotations(sample), sample.value(), activeAt, phase);
    }

    private Optional<ActiveAlert> absent(ActiveAlert alert, Instant now) {
        return switch (alert.phase()) {
            case Phase.Pending() -> Optional.empty();
            case Phase.Firing(Instant since, Optional<Instant> kept) -> {
                Instant keptSince = kept.orElse(now);
                boolean keep = Duration.between(keptSince, now).compareTo(rule.keepFiringFor()) < 0;
                yield Optional.of(alert.in(
                        keep ? new Phase.Firing(since, Optional.of(keptSince)) : new Phase.Resolved(since, now)));
            }
            case Phase.Resolved(Instant _, Instant at) ->
                Duration.between(at, now).compareTo(resolvedRetention) > 0 ? Optional.empty() : Optional.of(alert);
        };
    }

    /** Returns the alerts to send now, and notes that they are sent. */
    List<ActiveAlert> due(Instant now, Duration resendDelay) {
        List<ActiveAlert> due = new ArrayList<>();
        for (ActiveAlert alert : alerts.values()) {
            Instant sent = lastSent.getOrDefault(alert.labels(), Instant.MIN);
            boolean news = switch (alert.phase()) {
                case Phase.Pending() -> false;
                case Phase.Firing _ -> isOverdue(sent, now, resendDelay);
                case Phase.Resolved(Instant _, Instant at) -> at.isAfter(sent) || isOverdue(sent, now, resendDelay);
            };
            if (news) {
                due.add(alert);
                lastSent.put(alert.labels(), now);
            }
        }
        return due;
    }

    private static boolean isOverdue(Instant sent, Instant now, Duration resendDelay) {
        return sent.equals(Instant.MIN) || sent.plus(resendDelay).isBefore(now);
    }

    private Labels labels(Sample sample) {
        Labels own = sample.labels().withoutName();
        Labels result = own;
        for (Map.Entry<String, AlertTemplate> label : rule.labels().entrySet()) {
            result = result.with(label.getKey(), label.getValue().fill(own, sample.value()));
        }
        return result.with("alertname", rule.name());
    }

    private Labels annotations(Sample sample) {
        Labels own = sample.labels().withoutName();
        TreeMap<String, String> texts = new TreeMap<>();
        rule.annotations().forEach((name, template) -> texts.put(name, template.fill(own, sample.value())));
        return new Labels(texts);
    }
}
