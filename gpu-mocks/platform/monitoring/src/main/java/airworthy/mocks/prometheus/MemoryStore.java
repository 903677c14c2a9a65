package airworthy.mocks.prometheus;

import airworthy.mocks.promql.LabelMatcher;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Point;
import airworthy.mocks.promql.Series;
import airworthy.mocks.promql.SeriesStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Series in memory, found by metric name and then by labels. Points older than the retention are forgotten. */
final class MemoryStore implements SeriesStore {
    private final long retentionMillis;
    private final Map<String, Map<Labels, PointBuffer>> metrics = new TreeMap<>();

    MemoryStore(Duration retention) {
        this.retentionMillis = retention.toMillis();
    }

    /** Adds a point; one that is not newer than its series' last is dropped, as Prometheus drops it. */
    synchronized void append(Labels labels, long millis, double value) {
        metrics.computeIfAbsent(labels.get(Labels.NAME), _ -> new LinkedHashMap<>())
                .computeIfAbsent(labels, _ -> new PointBuffer())
                .append(millis, value, millis - retentionMillis);
    }

    @Override
    public synchronized List<Series> select(List<LabelMatcher> matchers, long fromMillis, long toMillis) {
        List<Series> found = new ArrayList<>();
        candidates(matchers)
                .forEach(metric -> metric.forEach((labels, buffer) -> {
                    if (matchers.stream().allMatch(m -> m.matches(labels))) {
                        List<Point> points = buffer.between(fromMillis, toMillis);
                        if (!points.isEmpty()) {
                            found.add(new Series(labels, points));
                        }
                    }
                }));
        return found;
    }

    private Stream<Map<Labels, PointBuffer>> candidates(List<LabelMatcher> matchers) {
        return matchers.stream()
                .filter(m -> m.label().equals(Labels.NAME) && m.operator() == LabelMatcher.Operator.EQUAL)
                .findFirst()
                .map(name -> Stream.ofNullable(metrics.get(name.value())))
                .orElseGet(() -> metrics.values().stream());
    }

    /** Returns the label sets that satisfy any of the conditions; all of them where there is no condition. */
    synchronized List<Labels> labelSets(Collection<List<LabelMatcher>> conditions) {
        return metrics.values().stream()
                .flatMap(m -> m.keySet().stream())
                .filter(labels -> conditions.isEmpty()
                        || conditions.stream().anyMatch(c -> c.stream().allMatch(m -> m.matches(labels))))
                .toList();
    }

    synchronized int size() {
        return metrics.values().stream().mapToInt(Map::size).sum();
    }
}
