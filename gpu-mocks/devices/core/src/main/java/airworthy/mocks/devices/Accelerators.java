package airworthy.mocks.devices;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The accelerators of one node and what is going on with them. Safe for any number of threads. */
public final class Accelerators {

    private final String node;
    private final List<Device> devices;
    private final InstantSource clock;
    private final Map<Gpu, GpuState> states = new LinkedHashMap<>();
    private final List<SlicesObserver> observers = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Consumer<NvmlInit>> nvmlObservers = new CopyOnWriteArrayList<>();
    private final NodeSoftware software;
    private long generation = 1;

    private Accelerators(
            String node, List<Device> devices, NodeSoftware software, HealthPolicy policy, InstantSource clock) {
        this.node = node;
        this.devices = List.copyOf(devices);
        this.clock = clock;
        this.software = software;
        for (Device device : devices) {
            states.computeIfAbsent(device.gpu(), gpu -> new GpuState(policy));
        }
    }

    /**
     * The accelerators that an inventory gives a node.
     *
     * @param seed stands behind the UUIDs: the same seed, node and inventory give the same devices
     * @throws IllegalArgumentException when the inventory has nothing for this node; the message says what it has
     */
    public static Accelerators of(Inventory inventory, String node, String seed, InstantSource clock) {
        List<AcceleratorGroup> groups = inventory.of(node);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException(
                    "accelerators: found none for node %s, expected a group for it or for \"%s\"; there are groups for %s"
                            .formatted(
                                    node,
                                    AcceleratorGroup.ANY_NODE,
                                    inventory.accelerators().stream()
                                            .map(AcceleratorGroup::node)
                                            .distinct()
                                            .toList()));
        }
        HealthPolicy policy =
                new HealthPolicy(inventory.healthTaints(), inventory.evictOnLoss(), inventory.onMismatch());
        return new Accelerators(
                node, new DeviceFactory(seed, node).devices(groups), NodeSoftware.of(groups, policy), policy, clock);
    }

    /** Returns the node's name, which is also the name of its pool. */
    public String node() {
        return node;
    }

    /** Returns what can be allocated, in the order of the node's GPUs. */
    public List<Device> devices() {
        return devices;
    }

    /** Returns the device of this name. */
    public Optional<Device> device(String name) {
        return devices.stream().filter(device -> device.name().equals(name)).findFirst();
    }

    /** Returns whether the driver watches the health of its devices at all. */
    public boolean watchesHealth() {
        return software.watched();
    }

    /** Returns what the driver knows about a device's health. */
    public Health health(Device device) {
        return locked(() -> {
            Health own = state(device.gpu()).health();
            return own.status() == Health.Status.HEALTHY && !software.nvml().succeeds()
                    ? new Health(Health.Status.UNKNOWN, software.nvml().words())
                    : own;
        });
    }

    /** Returns what NVML answers now to a process that initialises it. */
    public NvmlInit nvml() {
        return locked(software::nvml);
    }

    /** Returns whether the device cannot be reached, whether or not anybody has noticed. */
    public boolean lost(Device device) {
        return locked(() -> state(device.gpu()).lost());
    }

    /** Returns what the driver publishes now. */
    public SliceContent slices() {
        return locked(() -> {
            Map<Device, List<DeviceTaint>> taints = new LinkedHashMap<>();
            for (Device device : devices) {
                taints.put(device, taints(device.gpu()));
            }
            return new SliceContent(node, generation, taints);
        });
    }

    /** Has an observer told of each change from now on; the subscription ends when it is closed. */
    public Subscription observe(SlicesObserver observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    /** Has an observer told what NVML answers, each time that it answers otherwise; called with no lock held. */
    public Subscription observeNvml(Consumer<NvmlInit> observer) {
        nvmlObservers.add(observer);
        return () -> nvmlObservers.remove(observer);
    }

    /** A subscription that can be ended. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    List<Gpu> gpus() {
        return List.copyOf(states.keySet());
    }

    Reading reading(Gpu gpu) {
        return locked(() -> {
            GpuState state = state(gpu);
            return new Reading(state.lost(), state.lastXid(), state.memoryTaken());
        });
    }

    double position(Gpu gpu, DeviceLever lever) {
        return locked(() -> state(gpu).position(lever));
    }

    /**
     * Moves a lever if it still stands where the caller believes.
     *
     * @param expected position that the caller believes, or empty to move it regardless
     */
    LeverOutcome<Double> move(Gpu gpu, DeviceLever lever, double value, OptionalDouble expected) {
        Optional<String> refusal = lever.refusal(value, gpu);
        if (refusal.isPresent()) {
            return new LeverOutcome.Refused<>(refusal.get());
        }
        boolean changed;
        lock.lock();
        try {
            GpuState state = state(gpu);
            double present = state.position(lever);
            if (expected.isPresent() && Double.compare(expected.getAsDouble(), present) != 0) {
                return new LeverOutcome.Elsewhere<>(present);
            }
            List<DeviceTaint> before = state.taints();
            state.move(lever, value, clock.instant());
            changed = !state.taints().equals(before);
            if (changed) {
                generation++;
            }
        } finally {
            lock.unlock();
        }
        if (changed) {
            new ArrayList<>(observers).forEach(SlicesObserver::slicesChanged);
        }
        return new LeverOutcome.Set<>(value);
    }

    /**
     * Installs a version of the user-space library if the present one is what the caller believes. Processes that run keep
     * theirs.
     *
     * @param expected version that the caller believes, or empty to install it regardless
     */
    LeverOutcome<String> installLibrary(String version, Optional<String> expected) {
        if (!AcceleratorGroup.isVersion(version)) {
            return new LeverOutcome.Refused<>(
                    "libraryVersion: found %s, expected three numbers without leading zeros, such as 550.163.1"
                            .formatted(version));
        }
        boolean retainted;
        NvmlInit before;
        NvmlInit after;
        lock.lock();
        try {
            before = software.nvml();
            if (expected.isPresent() && !expected.get().equals(before.libraryVersion())) {
                return new LeverOutcome.Elsewhere<>(before.libraryVersion());
            }
            Optional<DeviceTaint> taint = software.taint();
            software.install(version, clock.instant());
            after = software.nvml();
            retainted = !software.taint().equals(taint);
            if (retainted) {
                generation++;
            }
        } finally {
            lock.unlock();
        }
        if (!after.equals(before)) {
            nvmlObservers.forEach(observer -> observer.accept(after));
        }
        if (retainted) {
            new ArrayList<>(observers).forEach(SlicesObserver::slicesChanged);
        }
        return new LeverOutcome.Set<>(version);
    }

    private List<DeviceTaint> taints(Gpu gpu) {
        return Stream.concat(state(gpu).taints().stream(), software.taint().stream())
                .toList();
    }

    private GpuState state(Gpu gpu) {
        GpuState state = states.get(gpu);
        if (state == null) {
            throw new IllegalArgumentException(gpu.name() + " of " + gpu.node() + " is not a GPU of " + node);
        }
        return state;
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }
}
