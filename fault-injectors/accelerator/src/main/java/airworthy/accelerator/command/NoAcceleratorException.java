package airworthy.accelerator.command;

import java.io.Serial;

/** There is no device that can be used here: what was found, and what to do. */
final class NoAcceleratorException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    static final int EXIT_CODE = 3;

    private final String told;

    NoAcceleratorException(String told) {
        super(told, null, false, false);
        this.told = told;
    }

    /** Returns one line for people, as the message is. */
    String told() {
        return told;
    }
}
