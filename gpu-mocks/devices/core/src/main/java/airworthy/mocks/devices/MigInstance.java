package airworthy.mocks.devices;

/**
 * A partition of a GPU.
 *
 * @param id number of the GPU instance on its GPU
 * @param start its first memory slice
 */
public record MigInstance(Gpu gpu, int id, String profile, long memoryBytes, int start, String uuid) implements Device {

    @Override
    public String name() {
        return "%s-mig-%d-%d-%d".formatted(gpu.name(), kind().id(), start, kind().memorySlices());
    }

    MigProfile kind() {
        return MigProfile.named(profile);
    }
}
