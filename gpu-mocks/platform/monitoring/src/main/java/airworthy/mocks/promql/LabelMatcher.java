package airworthy.mocks.promql;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One condition on a label. A regular expression must match the whole value; an absent label has the empty value. */
public final class LabelMatcher {
    /** How a label's value is compared. */
    public enum Operator {
        /** The value is the text. */
        EQUAL("="),
        /** The value is not the text. */
        NOT_EQUAL("!="),
        /** The whole value matches the expression. */
        MATCHES("=~"),
        /** The whole value does not match the expression. */
        DOES_NOT_MATCH("!~");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** Returns the operator as it is written. */
        public String symbol() {
            return symbol;
        }

        /** Returns the operator written so; refuses any other text. */
        public static Operator of(String symbol) {
            for (Operator operator : values()) {
                if (operator.symbol.equals(symbol)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException("found matcher operator \"" + symbol + "\", expected one of = != =~ !~");
        }
    }

    private final String label;
    private final Operator operator;
    private final String value;
    private final Pattern pattern;

    /**
     * Makes a matcher.
     *
     * @throws IllegalArgumentException when the operator needs a regular expression and the value is none
     */
    public LabelMatcher(String label, Operator operator, String value) {
        this.label = label;
        this.operator = operator;
        this.value = value;
        this.pattern = switch (operator) {
            case EQUAL, NOT_EQUAL -> Pattern.compile(Pattern.quote(value));
            case MATCHES, DOES_NOT_MATCH -> compile(value);
        };
    }

    private static Pattern compile(String expression) {
        try {
            return Pattern.compile(expression, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "found \"" + expression + "\", expected a regular expression: " + e.getDescription(), e);
        }
    }

    /** Returns the label's name. */
    public String label() {
        return label;
    }

    /** Returns the comparison. */
    public Operator operator() {
        return operator;
    }

    /** Returns the text compared with. */
    public String value() {
        return value;
    }

    /** Says whether a label set satisfies this condition. */
    public boolean matches(Labels labels) {
        return matches(labels.get(label));
    }

    /** Says whether a label value satisfies this condition. */
    public boolean matches(String candidate) {
        return switch (operator) {
            case EQUAL -> value.equals(candidate);
            case NOT_EQUAL -> !value.equals(candidate);
            case MATCHES -> pattern.matcher(candidate).matches();
            case DOES_NOT_MATCH -> !pattern.matcher(candidate).matches();
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelMatcher that
                && label.equals(that.label)
                && operator == that.operator
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * label.hashCode() + operator.hashCode()) + value.hashCode();
    }

    @Override
    public String toString() {
        return label + operator.symbol + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
