package airworthy.proxy;

import java.io.IOException;

/** A lever says that the connection ends here. */
final class CutByUsException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean byReset;

    CutByUsException(boolean byReset) {
        super("cut as a lever says");
        this.byReset = byReset;
    }

    boolean byReset() {
        return byReset;
    }
}
