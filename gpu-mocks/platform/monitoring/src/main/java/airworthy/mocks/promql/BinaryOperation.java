package airworthy.mocks.promql;

import airworthy.mocks.promql.BinaryOperator.Kind;
import airworthy.mocks.promql.Expr.ComparisonResult;
import airworthy.mocks.promql.Value.Scalar;
import airworthy.mocks.promql.Value.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies an operator to two values. */
final class BinaryOperation {
    private final Expr.Binary expr;

    private BinaryOperation(Expr.Binary expr) {
        this.expr = expr;
    }

    static Value apply(Expr.Binary expr, Value left, Value right) {
        BinaryOperation operation = new BinaryOperation(expr);
        if (left instanceof Scalar(double l) && right instanceof Scalar(double r)) {
            return new Scalar(operation.compute(l, r).orElse(0));
        }
        if (left instanceof Vector l && right instanceof Scalar(double r)) {
            return operation.withScalar(l, r, Side.RIGHT);
        }
        if (left instanceof Scalar(double l) && right instanceof Vector r) {
            return operation.withScalar(r, l, Side.LEFT);
        }
        if (left instanceof Vector l && right instanceof Vector r) {
            return expr.operator().kind() == Kind.SET
                    ? operation.set(l, r)
                    : new VectorMatch(expr.matching(), operation::compute, operation::resultLabels).apply(l, r);
        }
        throw new IllegalStateException("the parser admits only numbers and vectors around " + expr.operator());
    }

    private enum Side {
        LEFT,
        RIGHT
    }

    /** Returns the result, or nothing where a filter drops the pair. */
    private OptionalDouble compute(double left, double right) {
        BinaryOperator operator = expr.operator();
        if (operator.kind() == Kind.ARITHMETIC) {
            return OptionalDouble.of(operator.compute(left, right));
        }
        boolean holds = operator.holds(left, right);
        if (expr.result() == ComparisonResult.BOOL) {
            return OptionalDouble.of(holds ? 1 : 0);
        }
        return holds ? OptionalDouble.of(left) : OptionalDouble.empty();
    }

    private boolean dropsName() {
        return expr.operator().kind() == Kind.ARITHMETIC || expr.result() == ComparisonResult.BOOL;
    }

    private Labels resultLabels(Labels labels) {
        return dropsName() ? labels.withoutName() : labels;
    }

    private Vector withScalar(Vector vector, double scalar, Side scalarSide) {
        boolean filter = expr.operator().kind() == Kind.COMPARISON && expr.result() == ComparisonResult.FILTER;
        List<Sample> samples = new ArrayList<>();
        for (Sample sample : vector.samples()) {
            OptionalDouble result =
                    scalarSide == Side.LEFT ? compute(scalar, sample.value()) : compute(sample.value(), scalar);
            // A filter always leaves the vector's own value, on whichever side it stands.
            result.ifPresent(v -> samples.add(new Sample(resultLabels(sample.labels()), filter ? sample.value() : v)));
        }
        return Evaluator.unique(new Vector(samples));
    }

    private Vector set(Vector left, Vector right) {
        Matching matching = expr.matching();
        Set<Labels> onRight = signatures(right, matching);
        List<Sample> samples = switch (expr.operator()) {
            case AND ->
                left.samples().stream()
                        .filter(s -> onRight.contains(matching.signature(s.labels())))
                        .toList();
            case UNLESS ->
                left.samples().stream()
                        .filter(s -> !onRight.contains(matching.signature(s.labels())))
                        .toList();
            case OR -> {
                Set<Labels> onLeft = signatures(left, matching);
                yield Stream.concat(
                                left.samples().stream(),
                                right.samples().stream().filter(s -> !onLeft.contains(matching.signature(s.labels()))))
                        .toList();
            }
            case EQ, NE, LE, LT, GE, GT, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
                throw new IllegalStateException(expr.operator() + " is no set operator");
        };
        return new Vector(samples);
    }

    private static Set<Labels> signatures(Vector vector, Matching matching) {
        return vector.samples().stream()
                .map(s -> matching.signature(s.labels()))
                .collect(Collectors.toSet());
    }
}
