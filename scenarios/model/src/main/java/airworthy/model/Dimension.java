package airworthy.model;

import java.util.Locale;

/** Something an alert can name. A profile says which labels of an alert carry which dimension. */
public enum Dimension {
    NAMESPACE,
    WORKLOAD,
    REPLICA,
    MODEL,
    TEAM,
    TENANT,
    CLASS,
    NODE,
    DEVICE;

    /** The stable name in files, for example {@code replica}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
