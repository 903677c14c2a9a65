package airworthy.proxy;

import java.io.EOFException;
import java.io.IOException;

/** The model server's connection ended within an answer. */
final class UpstreamGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    UpstreamGoneException(IOException how) {
        super(how);
    }

    /** Whether it was reset rather than closed; the client's connection then ends in the same way. */
    boolean byReset() {
        return !(getCause() instanceof EOFException);
    }
}
