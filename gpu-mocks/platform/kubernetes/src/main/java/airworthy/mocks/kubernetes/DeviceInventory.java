package airworthy.mocks.kubernetes;

/**
 * The accelerators of one node, all alike. {@code productName}, {@code brand} and {@code architecture} are as NVML names
 * them; versions are written as semantic versions, as the GPU driver for DRA publishes them.
 */
public record DeviceInventory(
        String node,
        String productName,
        String brand,
        String architecture,
        String cudaComputeCapability,
        int count,
        long memoryBytes,
        String driverVersion,
        String cudaDriverVersion) {

    public DeviceInventory {
        if (node.isBlank() || count < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException(
                    "an inventory needs a node, count >= 1 and memory >= 1 byte; found node '" + node + "', count "
                            + count + ", memory " + memoryBytes);
        }
    }
}
