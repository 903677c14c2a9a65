package airworthy.accelerator.nvml;

/**
 * Which device it is.
 *
 * @param index NVML's number of it in this process
 * @param minor that of its device node, {@code /dev/nvidiaN}
 * @param uuid for example {@code GPU-6d5d...}
 * @param name the product
 * @param pciBusId for example {@code 00000000:3B:00.0}
 */
public record GpuIdentity(int index, int minor, String uuid, String name, String pciBusId) {}
