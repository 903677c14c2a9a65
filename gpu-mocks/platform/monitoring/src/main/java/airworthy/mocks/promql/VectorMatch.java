package airworthy.mocks.promql;

import airworthy.mocks.promql.Matching.Cardinality;
import airworthy.mocks.promql.Matching.Scope;
import airworthy.mocks.promql.Value.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Pairs the samples of two vectors by their labels, and refuses every ambiguity as Prometheus does. */
record VectorMatch(Matching matching, Computation computation, UnaryOperator<Labels> resultLabels) {
    /** The operator between the values of a pair; empty where a filter drops it. */
    @FunctionalInterface
    interface Computation {
        OptionalDouble compute(double left, double right);
    }

    Vector apply(Vector left, Vector right) {
        boolean manyOnRight = matching.cardinality() == Cardinality.ONE_TO_MANY;
        Vector many = manyOnRight ? right : left;
        Map<Labels, Sample> ones = uniqueSide(manyOnRight ? left : right, manyOnRight ? "left" : "right");
        Map<Labels, Set<Labels>> matched = new HashMap<>();
        List<Sample> results = new ArrayList<>();
        for (Sample sample : many.samples()) {
            Labels signature = matching.signature(sample.labels());
            Sample one = ones.get(signature);
            if (one == null) {
                continue;
            }
            OptionalDouble value = manyOnRight
                    ? computation.compute(one.value(), sample.value())
                    : computation.compute(sample.value(), one.value());
            if (value.isEmpty()) {
                continue;
            }
            Labels labels = labels(sample.labels(), one.labels());
            refuseSecond(matched.computeIfAbsent(signature, _ -> new HashSet<>()), labels);
            results.add(new Sample(labels, value.getAsDouble()));
        }
        return new Vector(results);
    }

    private Map<Labels, Sample> uniqueSide(Vector vector, String side) {
        Map<Labels, Sample> found = new HashMap<>();
        for (Sample sample : vector.samples()) {
            Labels signature = matching.signature(sample.labels());
            Sample first = found.putIfAbsent(signature, sample);
            if (first != null) {
                throw PromqlException.unanswerable(
                        "found duplicate series for the match group %s on the %s hand-side of the operation: [%s, %s];many-to-many matching not allowed: matching labels must be unique on one side"
                                .formatted(signature, side, sample.labels(), first.labels()));
            }
        }
        return found;
    }

    private void refuseSecond(Set<Labels> before, Labels labels) {
        if (matching.cardinality() == Cardinality.ONE_TO_ONE && !before.isEmpty()) {
            throw PromqlException.unanswerable(
                    "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
        }
        if (!before.add(labels)) {
            throw PromqlException.unanswerable(
                    "multiple matches for labels: grouping labels must ensure unique matches");
        }
    }

    private Labels labels(Labels many, Labels one) {
        Labels labels = resultLabels.apply(many);
        if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
            labels = matching.scope() == Scope.ON
                    ? labels.keeping(matching.labels())
                    : labels.without(matching.labels());
        }
        for (String included : matching.include()) {
            labels = labels.with(included, one.get(included));
        }
        return labels;
    }
}
