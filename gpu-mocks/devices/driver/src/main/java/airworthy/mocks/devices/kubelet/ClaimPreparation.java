package airworthy.mocks.devices.kubelet;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Device;
import airworthy.mocks.devices.NvmlInit;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Makes claims' devices ready for containers and takes that back. Safe for any number of threads; both are idempotent. */
final class ClaimPreparation {

    private final Accelerators accelerators;
    private final Allocations allocations;
    private final CdiSpecs specs;
    private final ReentrantLock lock = new ReentrantLock();

    ClaimPreparation(Accelerators accelerators, Allocations allocations, CdiSpecs specs) {
        this.accelerators = accelerators;
        this.allocations = allocations;
        this.specs = specs;
    }

    /**
     * Prepares a claim.
     *
     * @throws IOException when it cannot be; the message is shown in an event of the pod
     */
    List<AllocatedDevice> prepare(ClaimKey claim) throws IOException, InterruptedException {
        List<AllocatedDevice> allocated = allocations.of(claim);
        Map<String, List<Device>> requests = new LinkedHashMap<>();
        for (AllocatedDevice one : allocated) {
            requests.computeIfAbsent(one.request(), request -> new ArrayList<>())
                    .add(known(claim, one));
        }
        Map<String, List<String>> environments = new LinkedHashMap<>();
        requests.forEach((request, devices) -> environments.put(request, environment(devices)));
        ObjectNode spec = specs.spec(claim, environments);
        lock.lock();
        try {
            // What was prepared stays so, also when a device is lost since: the kubelet asks again after a restart.
            if (!specs.holds(claim, spec)) {
                for (List<Device> devices : requests.values()) {
                    reach(claim, devices);
                }
                specs.write(claim, spec);
            }
        } finally {
            lock.unlock();
        }
        return allocated;
    }

    void unprepare(ClaimKey claim) throws IOException {
        lock.lock();
        try {
            specs.remove(claim);
        } finally {
            lock.unlock();
        }
    }

    private Device known(ClaimKey claim, AllocatedDevice allocated) throws IOException {
        if (!allocated.pool().equals(accelerators.node())) {
            throw new IOException("claim %s: found device %s of pool %s, this node's pool is %s"
                    .formatted(claim, allocated.device(), allocated.pool(), accelerators.node()));
        }
        return accelerators
                .device(allocated.device())
                .orElseThrow(() -> new IOException("claim %s: found device %s, pool %s has %s"
                        .formatted(
                                claim,
                                allocated.device(),
                                allocated.pool(),
                                accelerators.devices().stream()
                                        .map(Device::name)
                                        .toList())));
    }

    private void reach(ClaimKey claim, List<Device> devices) throws IOException {
        NvmlInit nvml = accelerators.nvml();
        if (!nvml.succeeds()) {
            throw new IOException(
                    "claim %s: devices of node %s cannot be prepared: %s; reload the kernel module or drain"
                                    .formatted(claim, accelerators.node(), nvml.words())
                            + " the node and restart it");
        }
        for (Device device : devices) {
            if (accelerators.lost(device)) {
                throw new IOException(
                        "claim %s: device %s/%s (%s) cannot be reached: the GPU is lost (it has fallen off the bus); drain the node and reset it"
                                .formatted(claim, accelerators.node(), device.name(), device.uuid()));
            }
        }
    }

    private List<String> environment(List<Device> devices) {
        return List.of(
                "NVIDIA_VISIBLE_DEVICES=" + devices.stream().map(Device::uuid).collect(Collectors.joining(",")),
                "AIRWORTHY_DEVICE="
                        + devices.stream()
                                .map(device -> accelerators.node() + "/" + device.name())
                                .collect(Collectors.joining(",")));
    }
}
