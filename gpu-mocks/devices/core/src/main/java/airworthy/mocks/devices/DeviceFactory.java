package airworthy.mocks.devices;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Builds the devices of a node. The same seed, node and inventory give the same devices, UUIDs included. */
record DeviceFactory(String seed, String node) {

    /** Returns what can be allocated, in the order of minors: partitions where a GPU has any, else the GPU. */
    List<Device> devices(List<AcceleratorGroup> groups) {
        List<Device> devices = new ArrayList<>();
        int minor = 0;
        for (AcceleratorGroup group : groups) {
            for (int i = 0; i < group.count(); i++, minor++) {
                Gpu gpu = new Gpu(node, minor, group, "GPU-" + id("gpu/" + node + "/" + minor));
                devices.addAll(group.mig().isEmpty() ? List.of(gpu) : partitions(gpu));
            }
        }
        return devices;
    }

    private List<MigInstance> partitions(Gpu gpu) {
        List<MigInstance> instances = new ArrayList<>();
        int free = 0;
        for (MigPartitions wanted : gpu.model().mig()) {
            MigProfile profile = MigProfile.named(wanted.profile());
            for (int i = 0; i < wanted.count(); i++) {
                int start = profile.placement(free);
                free = start + profile.memorySlices();
                // GPU instances are numbered from 1 where a GPU is cut in several.
                int number = instances.size() + 1;
                String uuid = "MIG-" + id("mig/" + node + "/" + gpu.minor() + "/" + number);
                instances.add(new MigInstance(gpu, number, wanted.profile(), wanted.memoryBytes(), start, uuid));
            }
        }
        int compute = instances.stream()
                .mapToInt(instance -> instance.kind().computeSlices())
                .sum();
        if (free > MigProfile.MEMORY_SLICES || compute > MigProfile.SEVEN.computeSlices()) {
            throw new IllegalArgumentException(
                    "mig of %s on %s: found partitions that need %d memory slices and %d compute slices, a GPU has %d and %d"
                            .formatted(
                                    gpu.name(),
                                    node,
                                    free,
                                    compute,
                                    MigProfile.MEMORY_SLICES,
                                    MigProfile.SEVEN.computeSlices()));
        }
        return instances;
    }

    private UUID id(String text) {
        return UUID.nameUUIDFromBytes((seed + "/" + text).getBytes(StandardCharsets.UTF_8));
    }
}
