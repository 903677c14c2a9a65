package airworthy.mocks.platform;

import airworthy.mocks.alertmanager.AlertmanagerServer;
import airworthy.mocks.alertmanager.AlertmanagerSettings;
import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Holder;
import airworthy.mocks.kubernetes.ClusterSettings;
import airworthy.mocks.kubernetes.PodView;
import airworthy.mocks.kubernetes.SimulatedCluster;
import airworthy.mocks.monitoring.WallPacer;
import airworthy.mocks.platform.gateway.AccessLog;
import airworthy.mocks.platform.gateway.Gateway;
import airworthy.mocks.platform.gateway.GatewayConfig;
import airworthy.mocks.platform.gateway.Replica;
import airworthy.mocks.prometheus.PrometheusServer;
import airworthy.mocks.prometheus.PrometheusSettings;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A whole platform in this process: cluster, gateway, Prometheus, Alertmanager and runbooks. Thread-safe. */
final class SimulatedPlatform implements AutoCloseable {

    // An assessment of a whole suite takes less.
    private static final Duration RETENTION = Duration.ofHours(2);

    private static final Duration POLL = Duration.ofMillis(20);

    private final Deque<Runnable> parts = new ArrayDeque<>();
    private final Map<String, URI> addresses = new LinkedHashMap<>();
    private final AccessLog accessLog = new AccessLog();
    private final AtomicReference<SimulatedCluster> running = new AtomicReference<>();
    private final PlatformOptions options;
    private final AddressBlock block;
    private final StateDirectory state;

    private SimulatedPlatform(PlatformOptions options) throws IOException {
        this.options = options;
        this.block = options.block();
        this.state = StateDirectory.make(options.state());
    }

    /**
     * Starts everything and writes the state folder.
     *
     * @throws IOException when a file cannot be read or an address cannot be bound; nothing runs then
     * @throws RuntimeException when a file's content is refused; nothing runs then
     */
    static SimulatedPlatform start(PlatformOptions options) throws IOException {
        SimulatedPlatform platform = new SimulatedPlatform(options);
        boolean up = false;
        try {
            platform.startParts();
            up = true;
            return platform;
        } finally {
            if (!up) {
                platform.close();
            }
        }
    }

    private void startParts() throws IOException {
        ConfigDirectory config = options.config();
        ScaledFiles files = ScaledFiles.read(config, options.timeScale());
        GatewayConfig gatewayConfig =
                GatewayConfig.read("gateway.yaml", files.gateway().text());
        List<ObjectNode> manifests = config.manifests(placeholders());
        ServiceNames names = ServiceNames.of(manifests);
        TenantKeys keys = TenantKeys.make(gatewayConfig.keyNames());
        TenantKeys tokens = TenantKeys.make(List.of("api"));

        GpuNodes gpus = GpuNodes.of(config.devices(), options.seed(), InstantSource.system());
        SimulatedCluster cluster = part(
                SimulatedCluster.start(new ClusterSettings(
                        block.controlPlane(AddressBlock.API_PORT),
                        tokens.byTenant().getOrDefault("api", ""),
                        block.podPrefix(),
                        options.seed(),
                        InstantSource.system(),
                        gpus.all(),
                        manifests,
                        new MockImages(
                                accessLog::text, gpus, new AsDriversSeeIt(), this::endpoints, options.images()))),
                SimulatedCluster::close);
        running.set(cluster);
        Gateway gateway = part(
                Gateway.start(
                        block.controlPlane(AddressBlock.GATEWAY_PORT),
                        gatewayConfig,
                        keys.tenantsByKey(),
                        service -> replicas(cluster, service),
                        InstantSource.system(),
                        accessLog),
                Gateway::close);
        part(
                TextServer.start(
                        "kube-state-metrics",
                        block.controlPlane(AddressBlock.STATE_METRICS_PORT),
                        "text/plain; version=0.0.4",
                        path -> path.equals("/metrics") ? Optional.of(cluster.metrics()) : Optional.empty()),
                TextServer::close);
        part(
                TextServer.start(
                        "runbooks",
                        block.controlPlane(AddressBlock.RUNBOOKS_PORT),
                        Runbooks.CONTENT_TYPE,
                        new Runbooks(config.path().resolve("runbooks"))),
                TextServer::close);
        startMonitoring(files, names, cluster);
        addresses.put("gateway", gateway.uri());
        // before the pods are ready: some wait for what stands there
        writeState(cluster, keys);
        awaitPods(cluster, manifests, options.podsWithin());
    }

    /** Waits for the pods that the manifests ask for. Where some cannot come, that is how this platform is. */
    private static void awaitPods(SimulatedCluster cluster, List<ObjectNode> manifests, Duration within) {
        long asked = manifests.stream()
                .mapToLong(object -> switch (object.path("kind").asText()) {
                    case "Deployment" -> object.at("/spec/replicas").asLong(1);
                    case "Pod" -> 1;
                    default -> 0;
                })
                .sum();
        long ready = 0;
        long changed = System.nanoTime();
        while (ready < asked
                && System.nanoTime() - changed < within.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL.toNanos());
            long now = cluster.pods().stream().filter(PodView::ready).count();
            changed = now == ready ? changed : System.nanoTime();
            ready = now;
        }
    }

    private void startMonitoring(ScaledFiles files, ServiceNames names, SimulatedCluster cluster) throws IOException {
        WallPacer pacer = part(new WallPacer(), WallPacer::close);
        AlertmanagerServer alertmanager = part(
                AlertmanagerServer.start(new AlertmanagerSettings(
                        block.controlPlane(AddressBlock.ALERTMANAGER_PORT), files.alertmanager(), names, pacer)),
                AlertmanagerServer::close);
        PrometheusServer prometheus = part(
                PrometheusServer.start(new PrometheusSettings(
                        block.controlPlane(AddressBlock.PROMETHEUS_PORT),
                        files.prometheus(),
                        files.rules(),
                        Optional.of(alertmanager.uri()),
                        () -> cluster.pods().stream()
                                .flatMap(Discovery::targets)
                                .toList(),
                        names,
                        pacer,
                        options.timeScale(),
                        RETENTION)),
                PrometheusServer::close);
        addresses.put("kubernetes", cluster.uri());
        addresses.put("prometheus", prometheus.uri());
        addresses.put("alertmanager", alertmanager.uri());
    }

    private void writeState(SimulatedCluster cluster, TenantKeys keys) throws IOException {
        state.writeSecret("kubeconfig", cluster.kubeconfig());
        state.writeSecret("airworthy.kubeconfig", cluster.kubeconfig("airworthy-system", "airworthy"));
        for (Map.Entry<String, String> key : keys.byTenant().entrySet()) {
            state.writeSecret("keys/" + key.getKey(), key.getValue());
        }
        state.write("platform.yaml", placeholders().fill(options.config().text("platform.yaml")));
    }

    private Placeholders placeholders() {
        return new Placeholders(Map.of(
                "CONTROL_PLANE", block.controlPlane(),
                "HARNESS", block.harness(),
                "STATE", state.path().toString(),
                "TIME_SCALE", String.valueOf(options.timeScale())));
    }

    /** Pods start while the cluster itself does. */
    private List<InetSocketAddress> endpoints(String namespace, String service) {
        return Optional.ofNullable(running.get()).stream()
                .flatMap(cluster -> cluster.readyEndpoints(namespace, service).stream())
                .map(endpoint -> new InetSocketAddress(endpoint.ip(), endpoint.port()))
                .toList();
    }

    private static List<Replica> replicas(SimulatedCluster cluster, String service) {
        String[] parts = service.split("/", 2);
        return cluster.readyEndpoints(parts[0], parts[1]).stream()
                .map(endpoint -> new Replica(
                        endpoint.namespace(),
                        endpoint.pod().orElse(endpoint.ip()),
                        new InetSocketAddress(endpoint.ip(), endpoint.port())))
                .toList();
    }

    /** Returns where the parts answer, by name, in the order of interest to a reader. */
    Map<String, URI> addresses() {
        return Collections.unmodifiableMap(addresses);
    }

    /** Returns the folder with kubeconfig, profile and keys. */
    StateDirectory state() {
        return state;
    }

    /** Pods start while the cluster itself does. */
    private final class AsDriversSeeIt implements DriverPod.Cluster {

        @Override
        public void publish(Accelerators accelerators) {
            Optional.ofNullable(running.get()).ifPresent(cluster -> cluster.publish(accelerators));
        }

        @Override
        public Optional<Holder> holder(String node, String device) {
            return Optional.ofNullable(running.get()).flatMap(cluster -> cluster.holder(node, device));
        }
    }

    private <T> T part(T started, Consumer<T> end) {
        parts.push(() -> end.accept(started));
        return started;
    }

    /** Ends the parts, last started first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            parts.pop().run();
        }
    }
}
