package airworthy.assembly;

import java.util.List;

/**
 * An assessment cannot begin, for reasons that the user can mend. Nothing has been changed.
 */
public final class CannotAssessException extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /** @param problems each a whole sentence: what was tried, found, expected, what to do next */
    public CannotAssessException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public CannotAssessException(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems;
    }

    /** For a reason whose message is written for the user already. */
    CannotAssessException(Exception reason) {
        super(reason.getMessage(), reason);
        this.problems = List.of(String.valueOf(reason.getMessage()));
    }
}
