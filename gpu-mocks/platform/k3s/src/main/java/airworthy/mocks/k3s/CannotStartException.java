package airworthy.mocks.k3s;

/** The platform cannot be brought up for a reason that its user can mend; the message says what to do. */
public final class CannotStartException extends Exception {

    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
