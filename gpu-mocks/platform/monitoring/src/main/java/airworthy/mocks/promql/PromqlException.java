package airworthy.mocks.promql;

/** An expression that cannot be read or evaluated. */
public final class PromqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Which half of the work was refused. */
    public enum Phase {
        /** The text is no expression of the subset. */
        PARSE,
        /** The expression has no value over these series. */
        EVALUATE
    }

    private final Phase phase;
    private final int offset;
    private final String reason;

    private PromqlException(Phase phase, String text, int offset, String reason) {
        super(text);
        this.phase = phase;
        this.offset = offset;
        this.reason = reason;
    }

    static PromqlException unreadable(String expression, int offset, String reason) {
        int end = Math.min(offset, expression.length());
        String before = expression.substring(0, end);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = end - (before.lastIndexOf('\n') + 1) + 1;
        return new PromqlException(Phase.PARSE, line + ":" + column + ": parse error: " + reason, offset, reason);
    }

    /** Returns the refusal of an evaluation. */
    public static PromqlException unanswerable(String reason) {
        return new PromqlException(Phase.EVALUATE, reason, 0, reason);
    }

    /** Returns the half of the work that was refused. */
    public Phase phase() {
        return phase;
    }

    /** Returns where in the expression the problem was found, in characters from 0; 0 for an evaluation. */
    public int offset() {
        return offset;
    }

    /** Returns the reason without a position. */
    public String reason() {
        return reason;
    }
}
