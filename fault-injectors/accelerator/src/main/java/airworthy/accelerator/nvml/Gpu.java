package airworthy.accelerator.nvml;

import java.lang.foreign.MemorySegment;

/**
 * A device, as NVML knows it.
 *
 * @param identity which
 * @param handle NVML's own; good until NVML is closed
 */
public record Gpu(GpuIdentity identity, MemorySegment handle) {}
