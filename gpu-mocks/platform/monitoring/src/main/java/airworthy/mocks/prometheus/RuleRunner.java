package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.promql.Evaluator;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Point;
import airworthy.mocks.promql.PromqlException;
import airworthy.mocks.promql.Sample;
import airworthy.mocks.promql.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One rule over its life: evaluates it, writes its series and ends those that vanish. */
final class RuleRunner {
    /** How an evaluation went. */
    record Health(Instant at, Duration took, Optional<String> error) {}

    private final Rule rule;
    private final Evaluator evaluator;
    private final MemoryStore store;
    private final Pacer pacer;
    private final Optional<AlertBook> book;
    private Set<Labels> previous = Set.of();
    private volatile Optional<Health> health = Optional.empty();

    RuleRunner(Rule rule, Evaluator evaluator, MemoryStore store, Pacer pacer, Duration resolvedRetention) {
        this.rule = rule;
        this.evaluator = evaluator;
        this.store = store;
        this.pacer = pacer;
        this.book = rule instanceof Rule.Alerting alerting
                ? Optional.of(new AlertBook(alerting, resolvedRetention))
                : Optional.empty();
    }

    Rule rule() {
        return rule;
    }

    /** Returns the rule's alerts; empty for a recording rule. */
    Optional<AlertBook> book() {
        return book;
    }

    Optional<Health> health() {
        return health;
    }

    /** Evaluates once; a refusal is kept as the rule's health and ends the rule's series. */
    void evaluate(Instant now) {
        long start = pacer.nanos();
        Optional<String> error = Optional.empty();
        Map<Labels, Double> series = Map.of();
        try {
            List<Sample> samples = samples(now);
            book.ifPresent(b -> b.update(samples, now));
            series = switch (rule) {
                case Rule.Recording recording -> recorded(recording, samples);
                case Rule.Alerting _ -> alertSeries();
            };
        } catch (PromqlException e) {
            error = Optional.of(String.valueOf(e.getMessage()));
        }
        write(series, now.toEpochMilli());
        health = Optional.of(new Health(now, Duration.ofNanos(pacer.nanos() - start), error));
    }

    private List<Sample> samples(Instant now) {
        return switch (evaluator.evaluate(rule.expr(), now.toEpochMilli())) {
            case Value.Vector(List<Sample> samples) -> samples;
            case Value.Scalar(double value) -> List.of(new Sample(Labels.EMPTY, value));
            case Value.Matrix _, Value.Text _ ->
                throw new IllegalStateException("the reader admits no such rule: " + rule.name());
        };
    }

    private static Map<Labels, Double> recorded(Rule.Recording rule, List<Sample> samples) {
        Map<Labels, Double> series = new HashMap<>();
        for (Sample sample : samples) {
            Labels labels = sample.labels().with(new Labels(rule.labels())).with(Labels.NAME, rule.name());
            if (series.put(labels, sample.value()) != null) {
                throw PromqlException.unanswerable(
                        "vector contains metrics with the same labelset after applying rule labels");
            }
        }
        return series;
    }

    private Map<Labels, Double> alertSeries() {
        Map<Labels, Double> series = new HashMap<>();
        for (ActiveAlert alert : book.map(AlertBook::active).orElse(List.of())) {
            series.put(alert.labels().with(Labels.NAME, "ALERTS").with("alertstate", alert.state()), 1.0);
            series.put(alert.labels().with(Labels.NAME, "ALERTS_FOR_STATE"), (double)
                    alert.activeAt().getEpochSecond());
        }
        return series;
    }

    private void write(Map<Labels, Double> series, long millis) {
        series.forEach((labels, value) -> store.append(labels, millis, value));
        for (Labels gone : previous) {
            if (!series.containsKey(gone)) {
                store.append(gone, millis, Point.STALE);
            }
        }
        previous = new HashSet<>(series.keySet());
    }
}
