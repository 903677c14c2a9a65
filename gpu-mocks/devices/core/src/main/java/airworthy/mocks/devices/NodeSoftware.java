package airworthy.mocks.devices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The driver's two halves on one node, and what the node's DRA driver makes of it where they disagree. Not safe for several
 * threads.
 */
final class NodeSoftware {

    private final HealthPolicy policy;
    private final String kernelModule;
    private String library;
    private Optional<DeviceTaint> taint = Optional.empty();

    /**
     * @param kernelModule version of the loaded kernel module; the library is of the same at first
     */
    NodeSoftware(String kernelModule, HealthPolicy policy) {
        this.kernelModule = kernelModule;
        this.library = kernelModule;
        this.policy = policy;
    }

    /**
     * One kernel module serves a whole node.
     *
     * @throws IllegalArgumentException when the groups of a node name several versions
     */
    static NodeSoftware of(List<AcceleratorGroup> groups, HealthPolicy policy) {
        List<String> versions =
                groups.stream().map(AcceleratorGroup::driverVersion).distinct().toList();
        if (versions.size() != 1) {
            throw new IllegalArgumentException(
                    "accelerators of %s: found driverVersion %s, expected one: a node has one kernel module"
                            .formatted(groups.getFirst().node(), versions));
        }
        return new NodeSoftware(versions.getFirst(), policy);
    }

    NvmlInit nvml() {
        return new NvmlInit(kernelModule, library);
    }

    void install(String version, Instant now) {
        library = version;
        if (nvml().succeeds()) {
            taint = Optional.empty();
        } else if (taint.isEmpty()) {
            taint = policy.mismatch(now);
        }
    }

    /** Returns the taint of every device of the node, if there is one. */
    Optional<DeviceTaint> taint() {
        return taint;
    }

    boolean watched() {
        return policy.watches();
    }
}
