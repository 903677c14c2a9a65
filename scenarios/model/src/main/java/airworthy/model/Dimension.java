package airworthy.model;

import java.util.Locale;

/** Something an alert can name. A profile says which labels of an alert carry which dimension. */
public enum Dimension {
    NAMESPACE,
    WORKLOAD,
    REPLICA,
    MODEL,
    /** Of a model: which of its versions. */
    REVISION,
    TEAM,
    TENANT,
    CLASS,
    NODE,
    DEVICE,
    /** Where requests come from, as the gateway sees it. */
    SOURCE,
    /** Of the accelerator driver's kernel module. */
    DRIVER_VERSION,
    /** Of the driver's library in user space. */
    LIBRARY_VERSION;

    /** The stable name in files, for example {@code replica}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
