package airworthy.engine;

/** A scenario was run and something of it is not known: neither a pass nor a failure of the platform. */
final class UnknownOutcomeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownOutcomeException(String message) {
        super(message);
    }
}
