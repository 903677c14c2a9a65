package airworthy.mocks.promql;

import airworthy.mocks.promql.Value.Matrix;
import airworthy.mocks.promql.Value.Scalar;
import airworthy.mocks.promql.Value.Text;
import airworthy.mocks.promql.Value.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * Evaluates expressions as Prometheus 2 does. Safe for use by several threads.
 *
 * @param store where series are found
 * @param lookback how old the latest point of a series may be and still count, Prometheus's own default being 5 m
 */
public record Evaluator(SeriesStore store, Duration lookback) {
    /**
     * Evaluates an expression at one moment.
     *
     * @param millis the moment, in milliseconds since the epoch
     * @throws PromqlException when the expression has no value over these series, such as an ambiguous match
     */
    public Value evaluate(Expr expr, long millis) {
        return switch (expr) {
            case Expr.Numeral(double value) -> new Scalar(value);
            case Expr.Text(String value) -> new Text(value);
            case Expr.Selector selector -> select(selector, millis);
            case Expr.Range(Expr.Selector selector, Duration length) -> range(selector, length, millis);
            case Expr.Negation(Expr operand) -> negate(evaluate(operand, millis));
            case Expr.Binary binary ->
                BinaryOperation.apply(binary, evaluate(binary.left(), millis), evaluate(binary.right(), millis));
            case Expr.Aggregate aggregate ->
                new Aggregation(
                                aggregate.operator(),
                                aggregate.grouping(),
                                aggregate.parameter().map(p -> scalar(p, millis)))
                        .apply(vector(aggregate.operand(), millis));
            case Expr.Call call -> call(call, millis);
        };
    }

    private Vector select(Expr.Selector selector, long millis) {
        List<Sample> samples = new ArrayList<>();
        for (Series series : store.select(selector.matchers(), millis - lookback.toMillis(), millis)) {
            Point latest = series.points().getLast();
            if (!latest.isStale()) {
                samples.add(new Sample(series.labels(), latest.value()));
            }
        }
        return new Vector(samples);
    }

    private Matrix range(Expr.Selector selector, Duration length, long millis) {
        List<Series> found = new ArrayList<>();
        for (Series series : store.select(selector.matchers(), millis - length.toMillis(), millis)) {
            List<Point> points =
                    series.points().stream().filter(p -> !p.isStale()).toList();
            if (!points.isEmpty()) {
                found.add(new Series(series.labels(), points));
            }
        }
        return new Matrix(found);
    }

    private static Value negate(Value value) {
        return switch (value) {
            case Scalar(double number) -> new Scalar(-number);
            case Vector vector -> map(vector, v -> -v);
            case Matrix _, Text _ -> throw new IllegalStateException("the parser admits no negation of " + value);
        };
    }

    private Value call(Expr.Call call, long millis) {
        List<Expr> arguments = call.arguments();
        return switch (call.function()) {
            case TIME -> new Scalar(millis / 1000.0);
            case VECTOR -> new Vector(List.of(new Sample(Labels.EMPTY, scalar(arguments.getFirst(), millis))));
            case SCALAR -> {
                List<Sample> samples = vector(arguments.getFirst(), millis).samples();
                yield new Scalar(samples.size() == 1 ? samples.getFirst().value() : Double.NaN);
            }
            case ABS -> map(vector(arguments.getFirst(), millis), Math::abs);
            case CLAMP_MIN -> {
                double limit = scalar(arguments.get(1), millis);
                yield map(vector(arguments.getFirst(), millis), v -> Math.max(v, limit));
            }
            case CLAMP_MAX -> {
                double limit = scalar(arguments.get(1), millis);
                yield map(vector(arguments.getFirst(), millis), v -> Math.min(v, limit));
            }
            case ABSENT -> {
                boolean empty = vector(arguments.getFirst(), millis).samples().isEmpty();
                yield empty ? absence(arguments.getFirst()) : new Vector(List.of());
            }
            case ABSENT_OVER_TIME -> {
                boolean empty = matrix(arguments.getFirst(), millis).series().isEmpty();
                yield empty ? absence(arguments.getFirst()) : new Vector(List.of());
            }
            case HISTOGRAM_QUANTILE ->
                Histogram.quantile(scalar(arguments.getFirst(), millis), vector(arguments.get(1), millis));
            case LABEL_REPLACE ->
                unique(LabelFunctions.replace(vector(arguments.getFirst(), millis), texts(arguments)));
            case LABEL_JOIN -> unique(LabelFunctions.join(vector(arguments.getFirst(), millis), texts(arguments)));
            case RATE,
                    INCREASE,
                    DELTA,
                    IRATE,
                    CHANGES,
                    AVG_OVER_TIME,
                    COUNT_OVER_TIME,
                    MAX_OVER_TIME,
                    MIN_OVER_TIME,
                    SUM_OVER_TIME -> overRange(call.function(), arguments.getFirst(), millis);
        };
    }

    private Vector overRange(Function function, Expr argument, long millis) {
        if (!(argument instanceof Expr.Range range)) {
            throw new IllegalStateException("the parser admits only ranges in " + function.text());
        }
        RangeFunction computation =
                new RangeFunction(function, millis - range.length().toMillis(), millis);
        List<Sample> samples = new ArrayList<>();
        for (Series series : matrix(argument, millis).series()) {
            computation
                    .apply(series.points())
                    .ifPresent(v -> samples.add(new Sample(series.labels().withoutName(), v)));
        }
        return unique(new Vector(samples));
    }

    /** The labels of an absent series are those its selector states exactly once and by equality. */
    private static Vector absence(Expr argument) {
        Expr selected = argument instanceof Expr.Range(Expr.Selector selector, Duration _) ? selector : argument;
        Labels labels = Labels.EMPTY;
        if (selected instanceof Expr.Selector(List<LabelMatcher> matchers)) {
            Set<String> ambiguous = new HashSet<>();
            for (LabelMatcher matcher : matchers) {
                boolean first = labels.get(matcher.label()).isEmpty();
                if (matcher.operator() == LabelMatcher.Operator.EQUAL && first) {
                    labels = labels.with(matcher.label(), matcher.value());
                } else {
                    ambiguous.add(matcher.label());
                }
            }
            labels = labels.withoutName().without(ambiguous);
        }
        return new Vector(List.of(new Sample(labels, 1)));
    }

    private static Vector map(Vector vector, DoubleUnaryOperator operator) {
        return unique(new Vector(vector.samples().stream()
                .map(s -> new Sample(s.labels().withoutName(), operator.applyAsDouble(s.value())))
                .toList()));
    }

    /** Refuses a vector in which two samples became the same by losing their names. */
    static Vector unique(Vector vector) {
        Set<Labels> seen = new HashSet<>();
        for (Sample sample : vector.samples()) {
            if (!seen.add(sample.labels())) {
                throw PromqlException.unanswerable("vector cannot contain metrics with the same labelset");
            }
        }
        return vector;
    }

    private static List<String> texts(List<Expr> arguments) {
        return arguments.stream()
                .filter(Expr.Text.class::isInstance)
                .map(a -> ((Expr.Text) a).value())
                .toList();
    }

    private double scalar(Expr expr, long millis) {
        if (evaluate(expr, millis) instanceof Scalar(double value)) {
            return value;
        }
        throw unexpected(expr);
    }

    private Vector vector(Expr expr, long millis) {
        if (evaluate(expr, millis) instanceof Vector vector) {
            return vector;
        }
        throw unexpected(expr);
    }

    private Matrix matrix(Expr expr, long millis) {
        if (evaluate(expr, millis) instanceof Matrix matrix) {
            return matrix;
        }
        throw unexpected(expr);
    }

    private static IllegalStateException unexpected(Expr expr) {
        return new IllegalStateException("the parser admitted an argument of type " + expr.type());
    }
}
