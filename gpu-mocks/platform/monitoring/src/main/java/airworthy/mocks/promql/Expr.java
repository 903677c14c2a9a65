package airworthy.mocks.promql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A parsed expression. Every part is immutable and of the type it states. */
public sealed interface Expr {
    /** Returns what the expression evaluates to. */
    ValueType type();

    /** A number. */
    record Numeral(double value) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.SCALAR;
        }
    }

    /** A quoted text. */
    record Text(String value) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.STRING;
        }
    }

    /** The latest value of each matching series. */
    record Selector(List<LabelMatcher> matchers) implements Expr {
        /** Copies the matchers. */
        public Selector {
            matchers = List.copyOf(matchers);
        }

        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }
    }

    /** The points of each matching series over a range that ends at the moment of evaluation. */
    record Range(Selector selector, Duration length) implements Expr {
        @Override
        public ValueType type() {
            return ValueType.MATRIX;
        }
    }

    /** A function applied to arguments of the right types. */
    record Call(Function function, List<Expr> arguments) implements Expr {
        /** Copies the arguments. */
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public ValueType type() {
            return function.result();
        }
    }

    /** Which labels an aggregation keeps. */
    sealed interface Grouping {
        /** Only these. */
        record By(List<String> labels) implements Grouping {}

        /** All but these and the metric name. */
        record Without(List<String> labels) implements Grouping {}
    }

    /** An aggregation; only topk has a parameter. */
    record Aggregate(AggregateOperator operator, Grouping grouping, Optional<Expr> parameter, Expr operand)
            implements Expr {
        @Override
        public ValueType type() {
            return ValueType.VECTOR;
        }
    }

    /** What a comparison leaves: the samples for which it holds, or 0 and 1 for all. */
    enum ComparisonResult {
        /** Keep what holds. */
        FILTER,
        /** The bool modifier. */
        BOOL
    }

    /** Two expressions and an operator. */
    record Binary(BinaryOperator operator, Expr left, Expr right, ComparisonResult result, Matching matching)
            implements Expr {
        @Override
        public ValueType type() {
            return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
                    ? ValueType.SCALAR
                    : ValueType.VECTOR;
        }
    }

    /** The unary minus. */
    record Negation(Expr operand) implements Expr {
        @Override
        public ValueType type() {
            return operand.type();
        }
    }
}
