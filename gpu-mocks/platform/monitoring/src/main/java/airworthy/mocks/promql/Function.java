package airworthy.mocks.promql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The functions of the subset, with the types of their arguments. */
public enum Function {
    /** Magnitude. */
    ABS(ValueType.VECTOR),
    /** 1 where a vector has no sample. */
    ABSENT(ValueType.VECTOR),
    /** 1 where a range has no point. */
    ABSENT_OVER_TIME(ValueType.MATRIX),
    /** Mean over a range. */
    AVG_OVER_TIME(ValueType.MATRIX),
    /** Number of value changes over a range. */
    CHANGES(ValueType.MATRIX),
    /** Upper limit. */
    CLAMP_MAX(ValueType.VECTOR, ValueType.SCALAR),
    /** Lower limit. */
    CLAMP_MIN(ValueType.VECTOR, ValueType.SCALAR),
    /** Number of points in a range. */
    COUNT_OVER_TIME(ValueType.MATRIX),
    /** Extrapolated difference of a gauge. */
    DELTA(ValueType.MATRIX),
    /** Quantile of classic histogram buckets. */
    HISTOGRAM_QUANTILE(ValueType.SCALAR, ValueType.VECTOR),
    /** Extrapolated growth of a counter. */
    INCREASE(ValueType.MATRIX),
    /** Per-second growth between the last two points. */
    IRATE(ValueType.MATRIX),
    /** Labels joined into one; takes further source labels. */
    LABEL_JOIN(ValueType.VECTOR, ValueType.STRING, ValueType.STRING),
    /** A label rewritten by a regular expression. */
    LABEL_REPLACE(ValueType.VECTOR, ValueType.STRING, ValueType.STRING, ValueType.STRING, ValueType.STRING),
    /** Largest value over a range. */
    MAX_OVER_TIME(ValueType.MATRIX),
    /** Smallest value over a range. */
    MIN_OVER_TIME(ValueType.MATRIX),
    /** Extrapolated per-second growth of a counter. */
    RATE(ValueType.MATRIX),
    /** The value of a one-sample vector, else NaN. */
    SCALAR(ValueType.VECTOR),
    /** Sum over a range. */
    SUM_OVER_TIME(ValueType.MATRIX),
    /** Seconds since the epoch at evaluation. */
    TIME(),
    /** A scalar as a vector without labels. */
    VECTOR(ValueType.SCALAR);

    private final ValueType[] parameters;

    Function(ValueType... parameters) {
        this.parameters = parameters;
    }

    /** Returns the name in an expression. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the types of the fixed arguments. */
    public List<ValueType> parameters() {
        return List.of(parameters);
    }

    /** Returns the type of an argument, or nothing where the function takes no such argument. */
    Optional<ValueType> parameter(int index) {
        if (index < parameters.length) {
            return Optional.of(parameters[index]);
        }
        return this == LABEL_JOIN ? Optional.of(ValueType.STRING) : Optional.empty();
    }

    /** Returns the type of the result. */
    public ValueType result() {
        return this == SCALAR || this == TIME ? ValueType.SCALAR : ValueType.VECTOR;
    }

    static Optional<Function> of(String text) {
        return Arrays.stream(values()).filter(f -> f.text().equals(text)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Function::text).collect(Collectors.joining(", "));
    }
}
