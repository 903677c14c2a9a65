package airworthy.mocks.devices;

import java.util.OptionalLong;

/** Metrics of dcgm-exporter, with its help texts. */
enum DcgmMetric {
    XID_ERRORS("Value of the last XID error encountered."),
    GPU_UTIL("GPU utilization (in %)."),
    FB_FREE("Framebuffer memory free (in MiB)."),
    FB_USED("Framebuffer memory used (in MiB)."),
    FB_RESERVED("Framebuffer memory reserved (in MiB)."),
    GPU_TEMP("GPU temperature (in C)."),
    POWER_USAGE("Power draw (in W).");

    private final String help;

    DcgmMetric(String help) {
        this.help = help;
    }

    String field() {
        return "DCGM_FI_DEV_" + name();
    }

    String help() {
        return help;
    }

    /** Reads a device, or returns empty when there is nothing to read. */
    OptionalLong read(Sensors sensors) {
        boolean unreadable = sensors.reading().lost() && this != XID_ERRORS;
        // NVML has no utilisation for a partition.
        boolean unsupported = this == GPU_UTIL && sensors.device() instanceof MigInstance;
        return unreadable || unsupported ? OptionalLong.empty() : OptionalLong.of(value(sensors));
    }

    private long value(Sensors sensors) {
        return switch (this) {
            case XID_ERRORS -> sensors.reading().lastXid();
            case GPU_UTIL -> sensors.busyPercent();
            case FB_FREE -> sensors.freeMib();
            case FB_USED -> sensors.usedMib();
            case FB_RESERVED -> sensors.reservedMib();
            case GPU_TEMP -> sensors.celsius();
            case POWER_USAGE -> sensors.watts();
        };
    }
}
