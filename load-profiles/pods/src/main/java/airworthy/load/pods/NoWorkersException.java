package airworthy.load.pods;

/** A cluster does not run the load workers, for a reason that its owner or the user can mend. */
public final class NoWorkersException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param problem what was tried, found, expected, what to do next */
    public NoWorkersException(String problem) {
        super(problem);
    }
}
