package airworthy.mocks.promql;

import java.util.List;

/**
 * How samples of two vectors find each other.
 *
 * @param cardinality how many samples of each side may meet
 * @param scope whether the labels are the only ones compared or the only ones ignored
 * @param labels the labels of on or ignoring
 * @param include the labels of group_left or group_right, taken from the "one" side
 */
public record Matching(Cardinality cardinality, Scope scope, List<String> labels, List<String> include) {
    /** How many samples of each side may meet. */
    public enum Cardinality {
        /** One with one. */
        ONE_TO_ONE,
        /** group_left: many on the left. */
        MANY_TO_ONE,
        /** group_right: many on the right. */
        ONE_TO_MANY
    }

    /** What the label list means. */
    public enum Scope {
        /** Compare only these. */
        ON,
        /** Compare all but these and the metric name. */
        IGNORING
    }

    /** One-to-one on all labels. */
    public static final Matching DEFAULT = new Matching(Cardinality.ONE_TO_ONE, Scope.IGNORING, List.of(), List.of());

    /** Copies the lists. */
    public Matching {
        labels = List.copyOf(labels);
        include = List.copyOf(include);
    }

    /** Returns the labels by which a sample is found. */
    Labels signature(Labels sample) {
        return scope == Scope.ON ? sample.keeping(labels) : sample.withoutName().without(labels);
    }
}
