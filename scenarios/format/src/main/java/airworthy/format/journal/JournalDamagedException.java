package airworthy.format.journal;

/** A journal does not say what a journal says. The message tells where, what was found and what was expected. */
public final class JournalDamagedException extends Exception {
    private static final long serialVersionUID = 1;

    public JournalDamagedException(String message) {
        super(message);
    }

    public JournalDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
