package airworthy.levers;

import java.io.Serial;

/** What a lever is for could not be done, in words for people. */
public final class LeverFailureException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final String told;

    /** @param told what was tried and what came of it */
    public LeverFailureException(String told) {
        super(told, null, false, false);
        this.told = told;
    }

    /** Returns the words. */
    public String told() {
        return told;
    }
}
