package airworthy.mocks.devices;

/**
 * Readings of a device. The kernels of a workload cannot be seen from here, so a held device is taken to run an inference
 * server: it has claimed its memory at start, as vLLM does, and is busy at a steady share.
 */
record Sensors(Device device, Reading reading, boolean held) {

    // vLLM's default gpu_memory_utilization.
    private static final double CLAIMED_AT_START = 0.9;
    // What the driver keeps of a whole GPU for itself, as an H100 reports it; a partition bears its share.
    private static final long RESERVED_MIB = 596;
    private static final int BUSY_PERCENT = 60;
    private static final int IDLE_CELSIUS = 31;
    private static final int IDLE_WATTS = 72;

    long totalMib() {
        return device.memoryBytes() >> 20;
    }

    long reservedMib() {
        return Math.round(
                RESERVED_MIB * ((double) device.memoryBytes() / device.gpu().memoryBytes()));
    }

    long usedMib() {
        long usable = totalMib() - reservedMib();
        long claimed = held ? (long) (usable * CLAIMED_AT_START) : 0;
        return Math.min(usable, claimed + (reading.memoryTaken() >> 20));
    }

    long freeMib() {
        return totalMib() - reservedMib() - usedMib();
    }

    int busyPercent() {
        return held ? BUSY_PERCENT : 0;
    }

    /** About half a degree and six watts for each percent of work. */
    int celsius() {
        return IDLE_CELSIUS + busyPercent() / 2;
    }

    int watts() {
        return IDLE_WATTS + busyPercent() * 6;
    }
}
