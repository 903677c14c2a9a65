package airworthy.model;

import java.util.Locale;

/** Whether figures come from real parts. */
public enum Fidelity {
    MEASURED,
    SIMULATED;

    /** The stable name in files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
