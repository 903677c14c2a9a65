package airworthy.mocks.promql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The functions of the subset, with the types of their arguments. */
public enum Function {
    /** Magnitude. */
    ABS,
    /** 1 where a vector has no sample. */
    ABSENT,
    /** 1 where a range has no point. */
    ABSENT_OVER_TIME,
    /** Mean over a range. */
    AVG_OVER_TIME,
    /** Number of value changes over a range. */
    CHANGES,
    /** Upper limit. */
    CLAMP_MAX,
    /** Lower limit. */
    CLAMP_MIN,
    /** Number of points in a range. */
    COUNT_OVER_TIME,
    /** Extrapolated difference of a gauge. */
    DELTA,
    /** Quantile of classic histogram buckets. */
    HISTOGRAM_QUANTILE,
    /** Extrapolated growth of a counter. */
    INCREASE,
    /** Per-second growth between the last two points. */
    IRATE,
    /** Labels joined into one; takes further source labels. */
    LABEL_JOIN,
    /** A label rewritten by a regular expression. */
    LABEL_REPLACE,
    /** Largest value over a range. */
    MAX_OVER_TIME,
    /** Smallest value over a range. */
    MIN_OVER_TIME,
    /** Extrapolated per-second growth of a counter. */
    RATE,
    /** The value of a one-sample vector, else NaN. */
    SCALAR,
    /** Sum over a range. */
    SUM_OVER_TIME,
    /** Seconds since the epoch at evaluation. */
    TIME,
    /** A scalar as a vector without labels. */
    VECTOR;

    /** Returns the name in an expression. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the types of the fixed arguments. */
    public List<ValueType> parameters() {
        return switch (this) {
            case ABS, ABSENT, SCALAR -> List.of(ValueType.VECTOR);
            case ABSENT_OVER_TIME,
                    AVG_OVER_TIME,
                    CHANGES,
                    COUNT_OVER_TIME,
                    DELTA,
                    INCREASE,
                    IRATE,
                    MAX_OVER_TIME,
                    MIN_OVER_TIME,
                    RATE,
                    SUM_OVER_TIME -> List.of(ValueType.MATRIX);
            case CLAMP_MAX, CLAMP_MIN -> List.of(ValueType.VECTOR, ValueType.SCALAR);
            case HISTOGRAM_QUANTILE -> List.of(ValueType.SCALAR, ValueType.VECTOR);
            case LABEL_JOIN -> List.of(ValueType.VECTOR, ValueType.STRING, ValueType.STRING);
            case LABEL_REPLACE ->
                List.of(ValueType.VECTOR, ValueType.STRING, ValueType.STRING, ValueType.STRING, ValueType.STRING);
            case TIME -> List.of();
            case VECTOR -> List.of(ValueType.SCALAR);
        };
    }

    /** Returns the type of an argument, or nothing where the function takes no such argument. */
    Optional<ValueType> parameter(int index) {
        List<ValueType> fixed = parameters();
        if (index < fixed.size()) {
            return Optional.of(fixed.get(index));
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
