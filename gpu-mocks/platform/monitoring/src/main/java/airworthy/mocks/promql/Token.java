package airworthy.mocks.promql;

/**
 * A lexical element of an expression.
 *
 * @param text the token as written; a string's content without quotes and escapes
 * @param offset characters from the start of the expression
 */
record Token(Kind kind, String text, int offset) {
    enum Kind {
        IDENTIFIER,
        NUMBER,
        DURATION,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String word) {
        return kind == Kind.IDENTIFIER && text.equalsIgnoreCase(word);
    }
}
