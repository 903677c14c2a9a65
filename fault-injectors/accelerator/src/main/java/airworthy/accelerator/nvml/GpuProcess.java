package airworthy.accelerator.nvml;

import java.util.OptionalLong;

/**
 * A process that computes on a device.
 *
 * @param pid as the driver numbers it: in a container's own numbers only where the driver does so
 * @param usedBytes the device's memory that it uses; empty where the driver does not tell
 */
public record GpuProcess(long pid, OptionalLong usedBytes) {}
