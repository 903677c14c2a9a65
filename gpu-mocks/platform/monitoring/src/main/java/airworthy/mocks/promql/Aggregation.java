package airworthy.mocks.promql;

import airworthy.mocks.promql.Expr.Grouping;
import airworthy.mocks.promql.Value.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Reduces a vector to one sample a group, or for topk to the largest of each group. */
record Aggregation(AggregateOperator operator, Grouping grouping, Optional<Double> parameter) {
    Vector apply(Vector vector) {
        Map<Labels, List<Sample>> groups = new LinkedHashMap<>();
        for (Sample sample : vector.samples()) {
            groups.computeIfAbsent(key(sample.labels()), _ -> new ArrayList<>()).add(sample);
        }
        List<Sample> results = new ArrayList<>();
        groups.forEach((key, members) -> {
            if (operator == AggregateOperator.TOPK) {
                results.addAll(largest(members));
            } else {
                results.add(new Sample(key, reduce(members)));
            }
        });
        return new Vector(results);
    }

    private Labels key(Labels labels) {
        return switch (grouping) {
            case Grouping.By(List<String> kept) -> labels.keeping(kept);
            case Grouping.Without(List<String> dropped) -> labels.withoutName().without(dropped);
        };
    }

    private double reduce(List<Sample> members) {
        DoubleStream values = members.stream().mapToDouble(Sample::value);
        return switch (operator) {
            case SUM -> Numbers.sum(values);
            case AVG -> Numbers.sum(values) / members.size();
            case MIN -> Numbers.min(values);
            case MAX -> Numbers.max(values);
            case COUNT -> members.size();
            case TOPK -> throw new IllegalStateException("topk keeps samples");
        };
    }

    private List<Sample> largest(List<Sample> members) {
        double count = parameter.orElseThrow();
        // NaN is the smallest of all here, unlike in Double's own order.
        Comparator<Sample> smallestFirst = Comparator.<Sample, Boolean>comparing(s -> !Double.isNaN(s.value()))
                .thenComparingDouble(Sample::value);
        return members.stream()
                .sorted(smallestFirst.reversed())
                .limit(Math.max(0, (long) count))
                .toList();
    }
}
