package airworthy.mocks.promql;

import java.util.Locale;
import java.util.Optional;

/** The aggregations of the subset. */
public enum AggregateOperator {
    /** Sum of the values. */
    SUM,
    /** Arithmetic mean. */
    AVG,
    /** Smallest value. */
    MIN,
    /** Largest value. */
    MAX,
    /** Number of samples. */
    COUNT,
    /** The k samples with the largest values. */
    TOPK;

    /** Returns the name in an expression. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<AggregateOperator> of(String text) {
        for (AggregateOperator operator : values()) {
            if (operator.text().equalsIgnoreCase(text)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }
}
