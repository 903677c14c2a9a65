package airworthy.mocks.platform;

import airworthy.mocks.devices.AcceleratorGroup;
import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Inventory;
import airworthy.mocks.devices.NvmlInit;
import airworthy.mocks.kubernetes.runtime.PodSandbox.AllocatedDevice;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hardware of the nodes that have accelerators. It is there whether or not a driver's pod runs.
 *
 * @param byNode accelerators by the name of their node
 */
record GpuNodes(SortedMap<String, Accelerators> byNode) {

    GpuNodes {
        byNode = Collections.unmodifiableSortedMap(new TreeMap<>(byNode));
    }

    static GpuNodes of(Inventory inventory, long seed, InstantSource clock) throws IOException {
        SortedMap<String, Accelerators> byNode = new TreeMap<>();
        for (AcceleratorGroup group : inventory.accelerators()) {
            if (group.node().equals(AcceleratorGroup.ANY_NODE)) {
                throw new IOException("devices.yaml: found node \"" + AcceleratorGroup.ANY_NODE
                        + "\", expected the name of a node: this platform's nodes are known");
            }
            byNode.computeIfAbsent(group.node(), node -> Accelerators.of(inventory, node, Long.toString(seed), clock));
        }
        return new GpuNodes(byNode);
    }

    List<Accelerators> all() {
        return List.copyOf(byNode.values());
    }

    Optional<Accelerators> of(String node) {
        return Optional.ofNullable(byNode.get(node));
    }

    /** Returns why one of these devices cannot be prepared for a container that starts now, if it cannot. */
    Optional<String> unprepared(List<AllocatedDevice> devices) {
        return devices.stream()
                .flatMap(device -> of(device.pool()).stream())
                .map(Accelerators::nvml)
                .filter(nvml -> !nvml.succeeds())
                .map(NvmlInit::words)
                .findFirst();
    }

    /** Returns whether one of these devices cannot be reached. */
    boolean lost(List<AllocatedDevice> devices) {
        return devices.stream().anyMatch(this::lost);
    }

    private boolean lost(AllocatedDevice allocated) {
        return of(allocated.pool()).stream()
                .flatMap(node -> node.device(allocated.device()).stream().map(node::lost))
                .anyMatch(Boolean::booleanValue);
    }
}
