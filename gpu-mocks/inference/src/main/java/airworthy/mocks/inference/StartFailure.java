package airworthy.mocks.inference;

/** Why a model server cannot serve, and by which exit code its process tells so. Codes are those of sysexits.h. */
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** EX_DATAERR: the input is there and is not what it should be. */
    private static final int ARTEFACT = 65;

    /** EX_UNAVAILABLE: something that is needed does not answer. */
    private static final int UNREACHABLE = 69;

    private final int exitCode;

    private StartFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static StartFailure artefact(String message) {
        return new StartFailure(ARTEFACT, "model artefact " + message);
    }

    static StartFailure unreachable(String message) {
        return new StartFailure(UNREACHABLE, "model store unreachable for " + message);
    }

    /** Returns what the process ends with. */
    public int exitCode() {
        return exitCode;
    }

    /** Returns the message, which is always there. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
