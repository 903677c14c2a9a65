package airworthy.accelerator.nvml;

/**
 * How busy a device was over its latest sample period, which is a sixth of a second to a second ({@code nvml.h}).
 *
 * @param gpuPercent the share of the time in which a kernel ran
 * @param memoryPercent the share of the time in which memory was read or written
 */
public record Utilization(int gpuPercent, int memoryPercent) {}
