package airworthy.mocks.kubernetes.runtime;

import java.io.IOException;

/** A container's process came up and ended by itself. The kubelet starts it again, each time after a longer wait. */
public final class ContainerExit extends IOException {

    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * @param code what the process ended with
     * @param message what it left as its termination message
     */
    public ContainerExit(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns what the process ended with. */
    public int code() {
        return code;
    }

    /** Returns what it left as its termination message. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
