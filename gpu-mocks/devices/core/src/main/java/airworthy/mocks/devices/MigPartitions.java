package airworthy.mocks.devices;

/**
 * Equal partitions of one GPU.
 *
 * @param profile name of the profile as NVML writes it, such as {@code 1g.10gb}
 */
public record MigPartitions(String profile, int count, long memoryBytes) {

    public MigPartitions {
        MigProfile.named(profile);
        if (count < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException(
                    "mig: found profile %s, count %d and memoryBytes %d, expected count >= 1 and memoryBytes >= 1"
                            .formatted(profile, count, memoryBytes));
        }
    }
}
