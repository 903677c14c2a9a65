package airworthy.probes.http;

/** An answer that is not what the API documents. The message says what was found and what was expected. */
public final class UnexpectedAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    public UnexpectedAnswerException(String found, String expected) {
        super("found " + found + ", expected " + expected);
    }
}
