package airworthy.mocks.platform;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.DevicesServer;
import airworthy.mocks.devices.Holder;
import airworthy.mocks.devices.NodeDevices;
import airworthy.mocks.devices.NvmlInit;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The driver of one node's accelerators and its exporter: publishes slices, tells series on its first port, offers levers on
 * its second. Without the pod nobody notices what becomes of a device.
 */
final class DriverPod implements RunningPod {

    private static final int PORTS = 2;

    private final Accelerators accelerators;
    private final Accelerators.Subscription publishing;
    private final Accelerators.Subscription telling;
    private final DevicesServer exporter;
    private final DevicesServer levers;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private DriverPod(
            Accelerators accelerators,
            Accelerators.Subscription publishing,
            DevicesServer exporter,
            DevicesServer levers) {
        this.accelerators = accelerators;
        this.publishing = publishing;
        this.exporter = exporter;
        this.levers = levers;
        tell(accelerators.nvml());
        this.telling = accelerators.observeNvml(this::tell);
    }

    private void tell(NvmlInit nvml) {
        lines.add(accelerators.node() + ": " + nvml.words() + "\n");
    }

    /** What a driver asks of the cluster that it runs in. */
    interface Cluster {
        /** Writes what it publishes. */
        void publish(Accelerators accelerators);

        /** Tells who uses a device. */
        Optional<Holder> holder(String node, String device);
    }

    static DriverPod start(PodSandbox pod, PodSandbox.Container container, Accelerators accelerators, Cluster cluster)
            throws IOException {
        if (container.ports().size() != PORTS) {
            throw new IOException(
                    "container %s of pod %s/%s: found ports %s, expected two: that of its series, then that of its levers"
                            .formatted(container.name(), pod.namespace(), pod.name(), container.ports()));
        }
        List<NodeDevices> node =
                List.of(new NodeDevices(accelerators, device -> cluster.holder(accelerators.node(), device)));
        DevicesServer exporter =
                DevicesServer.startMetrics(at(pod, container.ports().getFirst()), node);
        try {
            DevicesServer levers =
                    DevicesServer.startLevers(at(pod, container.ports().getLast()), node);
            Accelerators.Subscription publishing = accelerators.observe(() -> cluster.publish(accelerators));
            cluster.publish(accelerators);
            return new DriverPod(accelerators, publishing, exporter, levers);
        } catch (IOException e) {
            exporter.close();
            throw e;
        }
    }

    private static InetSocketAddress at(PodSandbox pod, int port) {
        return new InetSocketAddress(pod.ip(), port);
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public String log() {
        return "series at " + exporter.uri() + "/metrics, levers at " + levers.uri() + "/admin/levers\n"
                + String.join("", lines);
    }

    @Override
    public void close() {
        telling.close();
        publishing.close();
        levers.close();
        exporter.close();
    }
}
