package airworthy.accelerator.cuda;

/**
 * A device, as CUDA knows it.
 *
 * @param ordinal CUDA's number of it in this process
 * @param uuid as NVML writes it
 * @param name the product
 * @param multiprocessors how many it has
 * @param threadsPerMultiprocessor how many can be resident on each
 * @param capability its compute capability, ten times the major number and the minor one: 90 is 9.0
 */
public record CudaDevice(
        int ordinal, String uuid, String name, int multiprocessors, int threadsPerMultiprocessor, int capability) {}
