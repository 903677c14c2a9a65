package airworthy.model;

import java.util.Locale;

/** A part of a platform that a scenario reads or disturbs, and that discovery looks for. */
public enum Need {
    KUBERNETES,
    PROMETHEUS,
    ALERTMANAGER,
    GATEWAY,
    INFERENCE,
    OWNERSHIP,
    DEVICES,
    TENANTS;

    /** The stable name in files, for example {@code alertmanager}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
