package airworthy.mocks.devices;

/**
 * What NVML answers on a node to a process that initialises it now. A process that did so before keeps the library that it
 * mapped then, and notices nothing.
 *
 * @param driverVersion version of the kernel module that is loaded
 * @param libraryVersion version of the library that lies in user space
 */
public record NvmlInit(String driverVersion, String libraryVersion) {

    /** nvml.h: NVML_SUCCESS and NVML_ERROR_LIB_RM_VERSION_MISMATCH. */
    private static final int SUCCESS = 0;

    private static final int LIB_RM_VERSION_MISMATCH = 18;

    /** Returns whether it can be initialised: library and kernel module must be of one version. */
    public boolean succeeds() {
        return driverVersion.equals(libraryVersion);
    }

    /** Returns the code that {@code nvmlInit} returns. */
    public int result() {
        return succeeds() ? SUCCESS : LIB_RM_VERSION_MISMATCH;
    }

    /** Returns the words of {@code nvidia-smi}, and the kernel module's version, which it does not tell. */
    public String words() {
        return succeeds()
                ? "NVML initialised; NVML library version: %s; kernel module version: %s"
                        .formatted(libraryVersion, driverVersion)
                : "Failed to initialize NVML: Driver/library version mismatch; NVML library version: %s; kernel module version: %s"
                        .formatted(libraryVersion, driverVersion);
    }
}
