package airworthy.accelerator.nvml;

/** What a device tells about itself as one number; a product may lack some of them. */
public enum Sensor {
    /** Degrees Celsius. */
    TEMPERATURE("nvmlDeviceGetTemperature"),
    /** Milliwatts. */
    POWER("nvmlDeviceGetPowerUsage"),
    /** Millijoules since the driver was loaded. */
    ENERGY("nvmlDeviceGetTotalEnergyConsumption"),
    /** Megahertz. */
    SM_CLOCK("nvmlDeviceGetClockInfo"),
    /** Megahertz. */
    MEMORY_CLOCK("nvmlDeviceGetClockInfo"),
    /** How often something was sent again on PCI Express. */
    PCIE_REPLAYS("nvmlDeviceGetPcieReplayCounter");

    private final String function;

    Sensor(String function) {
        this.function = function;
    }

    String function() {
        return function;
    }
}
