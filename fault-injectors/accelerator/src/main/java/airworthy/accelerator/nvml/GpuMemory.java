package airworthy.accelerator.nvml;

import java.util.OptionalLong;

/**
 * A device's memory, in bytes.
 *
 * @param total all of it
 * @param reserved what the driver keeps for itself; empty where the library is too old to tell it apart
 * @param free what can be taken
 * @param used what is taken; contains the reserved where that is not told apart
 */
public record GpuMemory(long total, OptionalLong reserved, long free, long used) {}
