package airworthy.model;

import java.util.Locale;

/** A layer of the platform that an injector may touch, and through which an expectation could be met. */
public enum Layer {
    CLIENT,
    ENGINE_METRICS,
    EXPORTER,
    NVML,
    KERNEL_LOG,
    DEVICE_TAINT,
    WORKLOAD,
    /** What the gateway logs and counts of a request, whether or not it lets it through. */
    GATEWAY;

    /** The stable name in files, for example {@code engine-metrics}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
