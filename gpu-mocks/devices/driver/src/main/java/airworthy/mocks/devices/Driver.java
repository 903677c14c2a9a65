package airworthy.mocks.devices;

import airworthy.mocks.devices.cluster.ApiAllocations;
import airworthy.mocks.devices.cluster.ClaimHolders;
import airworthy.mocks.devices.cluster.HolderSource;
import airworthy.mocks.devices.cluster.KubeletHolders;
import airworthy.mocks.devices.cluster.PolledAttribution;
import airworthy.mocks.devices.cluster.PublisherLoop;
import airworthy.mocks.devices.kubelet.DriverLibrary;
import airworthy.mocks.devices.kubelet.KubeletPaths;
import airworthy.mocks.devices.kubelet.KubeletPlugin;
import airworthy.mocks.devices.kubelet.PodResources;
import airworthy.mocks.devices.kubelet.UnixTransport;
import airworthy.mocks.incluster.ClusterApi;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A running driver: devices, what is served about them, what is published, and the kubelet's plugin. */
final class Driver implements AutoCloseable {

    private final Consumer<String> log;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private Driver(Consumer<String> log) {
        this.log = log;
    }

    /**
     * Starts all parts, or none.
     *
     * @throws IOException when one cannot start; the message says which and why
     */
    static Driver start(DriverOptions options, Consumer<String> log) throws IOException {
        Driver driver = new Driver(log);
        try {
            driver.assemble(options);
            return driver;
        } catch (IOException | RuntimeException e) {
            driver.close();
            throw e;
        }
    }

    private void assemble(DriverOptions options) throws IOException {
        Inventory inventory = Inventory.read(options.config).gathered(options.nodes.getFirst(), options.standsFor);
        ClusterApi api = keep(options.api == null ? ClusterApi.inPod() : ClusterApi.open(options.api));
        List<NodeDevices> nodes = new ArrayList<>();
        if (options.apiOnly) {
            for (String node : options.nodes) {
                nodes.add(attributed(inventory, options, node, new ClaimHolders(api, node)));
            }
        } else {
            String node = options.nodes.getFirst();
            UnixTransport transport = keep(new UnixTransport());
            KubeletPaths paths = new KubeletPaths(options.kubeletRoot, options.cdiRoot);
            PodResources uses = keep(new PodResources(transport, paths.podResourcesSocket()));
            NodeDevices devices = attributed(inventory, options, node, new KubeletHolders(uses, api, node));
            nodes.add(devices);
            DriverLibrary library = options.library == null
                    ? DriverLibrary.none()
                    : DriverLibrary.install(options.library, paths.plugin());
            keep(KubeletPlugin.start(
                    transport, paths, devices.accelerators(), new ApiAllocations(api), library, log, end::complete));
        }
        DevicesServer levers = keep(DevicesServer.startLevers(options.levers, nodes));
        DevicesServer metrics = keep(DevicesServer.startMetrics(options.metrics, nodes));
        for (NodeDevices node : nodes) {
            keep(new PublisherLoop(api, node.accelerators(), log));
        }
        log.accept("levers on %s, series on %s".formatted(levers.uri(), metrics.uri()));
    }

    private NodeDevices attributed(Inventory inventory, DriverOptions options, String node, HolderSource holders)
            throws IOException {
        Accelerators accelerators;
        try {
            accelerators = Accelerators.of(inventory, node, options.seed, InstantSource.system());
        } catch (IllegalArgumentException e) {
            throw new IOException(options.config + ": " + e.getMessage(), e);
        }
        log.accept("%s has %s"
                .formatted(
                        node, accelerators.devices().stream().map(Device::name).toList()));
        // What a fresh process would be told is the one sign of it: this process keeps the library that it has.
        log.accept(node + ": " + accelerators.nvml().words());
        keep(accelerators.observeNvml(nvml -> log.accept(node + ": " + nvml.words())));
        return new NodeDevices(accelerators, keep(new PolledAttribution(node, holders, log)));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Waits until the driver cannot go on and returns why. */
    String awaitEnd() {
        return end.join();
    }

    /** Stops all parts, the youngest first; a part that does not close well does not keep the others from closing. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.accept("while closing: " + e);
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
