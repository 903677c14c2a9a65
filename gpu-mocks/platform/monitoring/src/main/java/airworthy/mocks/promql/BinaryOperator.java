package airworthy.mocks.promql;

import java.util.Locale;
import java.util.Optional;

/** The operators between two expressions, from loosest to tightest. */
public enum BinaryOperator {
    /** Union. */
    OR("or", 1, Kind.SET),
    /** Intersection. */
    AND("and", 2, Kind.SET),
    /** Complement. */
    UNLESS("unless", 2, Kind.SET),
    /** Equal. */
    EQ("==", 3, Kind.COMPARISON),
    /** Not equal. */
    NE("!=", 3, Kind.COMPARISON),
    /** Less or equal. */
    LE("<=", 3, Kind.COMPARISON),
    /** Less. */
    LT("<", 3, Kind.COMPARISON),
    /** Greater or equal. */
    GE(">=", 3, Kind.COMPARISON),
    /** Greater. */
    GT(">", 3, Kind.COMPARISON),
    /** Sum. */
    ADD("+", 4, Kind.ARITHMETIC),
    /** Difference. */
    SUBTRACT("-", 4, Kind.ARITHMETIC),
    /** Product. */
    MULTIPLY("*", 5, Kind.ARITHMETIC),
    /** Quotient. */
    DIVIDE("/", 5, Kind.ARITHMETIC),
    /** Remainder with the dividend's sign. */
    MODULO("%", 5, Kind.ARITHMETIC),
    /** Power, the only right-associative operator. */
    POWER("^", 6, Kind.ARITHMETIC);

    /** What an operator does with its operands. */
    public enum Kind {
        /** Computes a number. */
        ARITHMETIC,
        /** Filters, or with bool gives 0 or 1. */
        COMPARISON,
        /** Combines vectors by labels alone. */
        SET
    }

    private final String symbol;
    private final int precedence;
    private final Kind kind;

    BinaryOperator(String symbol, int precedence, Kind kind) {
        this.symbol = symbol;
        this.precedence = precedence;
        this.kind = kind;
    }

    /** Returns the operator as it is written. */
    public String symbol() {
        return symbol;
    }

    /** Returns how tightly the operator binds, 1 the loosest. */
    public int precedence() {
        return precedence;
    }

    /** Returns what the operator does. */
    public Kind kind() {
        return kind;
    }

    static Optional<BinaryOperator> of(Token token) {
        if (token.kind() != Token.Kind.SYMBOL && token.kind() != Token.Kind.IDENTIFIER) {
            return Optional.empty();
        }
        String text = token.text().toLowerCase(Locale.ROOT);
        for (BinaryOperator operator : values()) {
            if (operator.symbol.equals(text)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    /** Computes an arithmetic operator. */
    double compute(double left, double right) {
        return switch (this) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case MODULO -> left % right;
            case POWER -> Math.pow(left, right);
            case OR, AND, UNLESS, EQ, NE, LE, LT, GE, GT ->
                throw new IllegalStateException(symbol + " computes nothing");
        };
    }

    /** Decides a comparison; any comparison with NaN but {@code !=} is false. */
    boolean holds(double left, double right) {
        return switch (this) {
            case EQ -> left == right;
            case NE -> left != right;
            case LE -> left <= right;
            case LT -> left < right;
            case GE -> left >= right;
            case GT -> left > right;
            case OR, AND, UNLESS, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
                throw new IllegalStateException(symbol + " compares nothing");
        };
    }
}
