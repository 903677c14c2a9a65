package airworthy.probes.driver;

/**
 * What a driver wrote last about its own two halves.
 *
 * @param driverVersion of the kernel module
 * @param libraryVersion of the library in user space
 * @param mismatch whether NVML could not be initialised because they are of two versions
 * @param line as it was written
 */
public record DriverWords(String driverVersion, String libraryVersion, boolean mismatch, String line) {}
