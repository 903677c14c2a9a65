package airworthy.accelerator.exporter;

import airworthy.accelerator.nvml.GpuMemory;
import airworthy.accelerator.nvml.Sensor;
import airworthy.accelerator.nvml.Utilization;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * What is exported: names, units and types of dcgm-exporter's default list ({@code etc/default-counters.csv}), as far as NVML
 * tells the same.
 */
enum DcgmField {
    SM_CLOCK("gauge", "SM clock frequency (in MHz)."),
    MEM_CLOCK("gauge", "Memory clock frequency (in MHz)."),
    GPU_TEMP("gauge", "GPU temperature (in C)."),
    POWER_USAGE("gauge", "Power draw (in W)."),
    TOTAL_ENERGY_CONSUMPTION("counter", "Total energy consumption since boot (in mJ)."),
    PCIE_REPLAY_COUNTER("counter", "Total number of PCIe retries."),
    GPU_UTIL("gauge", "GPU utilization (in %)."),
    MEM_COPY_UTIL("gauge", "Memory utilization (in %)."),
    XID_ERRORS("gauge", "Value of the last XID error encountered."),
    FB_FREE("gauge", "Framebuffer memory free (in MiB)."),
    FB_USED("gauge", "Framebuffer memory used (in MiB)."),
    FB_RESERVED("gauge", "Framebuffer memory reserved (in MiB).");

    private static final double MILLI = 1e-3;
    private static final int MIB_SHIFT = 20;

    private final String type;
    private final String help;

    DcgmField(String type, String help) {
        this.type = type;
        this.help = help;
    }

    /** The metric's name. */
    String field() {
        return "DCGM_FI_DEV_" + name();
    }

    String type() {
        return type;
    }

    String help() {
        return help;
    }

    /** Its value as text; empty where the device does not tell. */
    String value(GpuReading reading) {
        return switch (this) {
            case SM_CLOCK -> told(reading.sensor(Sensor.SM_CLOCK));
            case MEM_CLOCK -> told(reading.sensor(Sensor.MEMORY_CLOCK));
            case GPU_TEMP -> told(reading.sensor(Sensor.TEMPERATURE));
            case POWER_USAGE -> {
                OptionalLong milliwatts = reading.sensor(Sensor.POWER);
                yield milliwatts.isPresent() ? Double.toString(milliwatts.getAsLong() * MILLI) : "";
            }
            case TOTAL_ENERGY_CONSUMPTION -> told(reading.sensor(Sensor.ENERGY));
            case PCIE_REPLAY_COUNTER -> told(reading.sensor(Sensor.PCIE_REPLAYS));
            case GPU_UTIL ->
                reading.utilization()
                        .map(Utilization::gpuPercent)
                        .map(Object::toString)
                        .orElse("");
            case MEM_COPY_UTIL ->
                reading.utilization()
                        .map(Utilization::memoryPercent)
                        .map(Object::toString)
                        .orElse("");
            // as with DCGM there is no series before the first
            case XID_ERRORS -> told(reading.lastXid());
            case FB_FREE -> mib(reading.memory(), GpuMemory::free);
            case FB_USED -> mib(reading.memory(), GpuMemory::used);
            case FB_RESERVED -> {
                OptionalLong reserved = reading.memory().reserved();
                yield reserved.isPresent() ? Long.toString(reserved.getAsLong() >> MIB_SHIFT) : "";
            }
        };
    }

    private static String mib(GpuMemory memory, ToLongFunction<GpuMemory> part) {
        return Long.toString(part.applyAsLong(memory) >> MIB_SHIFT);
    }

    private static String told(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }
}
