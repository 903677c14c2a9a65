package airworthy.load.pods;

/** What was made on a cluster could not be seen gone. */
public final class LeftBehindException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param problem what is left, why, and what removes it */
    public LeftBehindException(String problem) {
        super(problem);
    }
}
