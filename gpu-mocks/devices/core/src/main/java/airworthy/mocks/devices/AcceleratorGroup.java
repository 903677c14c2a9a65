package airworthy.mocks.devices;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Accelerators of one node that are all alike. Names are as NVML gives them; versions are written as semantic versions, as
 * the GPU driver for DRA publishes them.
 *
 * @param node name of the node, or {@value #ANY_NODE} for every node that no group names
 * @param mig how each of them is partitioned; empty for whole GPUs
 */
public record AcceleratorGroup(
        @JsonProperty(required = true) String node,
        @JsonProperty(required = true) String productName,
        @JsonProperty(required = true) String brand,
        @JsonProperty(required = true) String architecture,
        @JsonProperty(required = true) String cudaComputeCapability,
        @JsonProperty(required = true) int count,
        @JsonProperty(required = true) long memoryBytes,
        @JsonProperty(required = true) String driverVersion,
        @JsonProperty(required = true) String cudaDriverVersion,
        @Nullable List<MigPartitions> mig) {

    /** Stands for every node that no other group names. */
    public static final String ANY_NODE = "*";

    private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)");

    public AcceleratorGroup {
        mig = mig == null ? List.of() : List.copyOf(mig);
        if (node.isBlank() || count < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException(
                    "accelerators: found node '%s', count %d and memoryBytes %d, expected a node, count >= 1 and memoryBytes >= 1"
                            .formatted(node, count, memoryBytes));
        }
        for (String text : List.of(productName, brand, architecture)) {
            // The longest attribute that a ResourceSlice takes.
            if (text.isBlank() || text.length() > 64) {
                throw new IllegalArgumentException(
                        "accelerators of %s: found '%s', expected 1 to 64 characters".formatted(node, text));
            }
        }
        for (String version : List.of(cudaComputeCapability, driverVersion, cudaDriverVersion)) {
            if (!isVersion(version)) {
                throw new IllegalArgumentException(
                        "accelerators of %s: found version %s, expected three numbers without leading zeros, such as 550.163.1"
                                .formatted(node, version));
            }
        }
    }

    static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    AcceleratorGroup on(String other) {
        return new AcceleratorGroup(
                other,
                productName,
                brand,
                architecture,
                cudaComputeCapability,
                count,
                memoryBytes,
                driverVersion,
                cudaDriverVersion,
                mig);
    }

    /** Returns how each of them is partitioned; empty for whole GPUs. */
    @Override
    public List<MigPartitions> mig() {
        return mig == null ? List.of() : mig;
    }
}
