package airworthy.model;

import java.util.Locale;

/** A layer of a platform whose fidelity is declared in its profile. */
public enum PlatformLayer {
    KUBERNETES,
    ACCELERATOR,
    SERVING,
    ALERTING,
    GATEWAY;

    /** The stable name in files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
