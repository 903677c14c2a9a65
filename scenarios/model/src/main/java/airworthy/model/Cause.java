package airworthy.model;

import java.util.Locale;

/** The closed list of causes that an alert may be mapped to. */
public enum Cause {
    MODEL_ARTIFACT,
    ACCELERATOR_HARDWARE,
    ACCELERATOR_MEMORY,
    DRIVER,
    SERVING_LATENCY,
    CAPACITY,
    QUOTA,
    GATEWAY,
    NETWORK,
    STORAGE,
    TELEMETRY,
    POLICY,
    COST,
    DATA_QUALITY,
    APPLICATION;

    /** The stable name in files, for example {@code serving-latency}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
