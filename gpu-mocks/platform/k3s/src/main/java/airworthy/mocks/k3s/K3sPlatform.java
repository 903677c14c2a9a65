package airworthy.mocks.k3s;

import airworthy.mocks.platform.ConfigDirectory;
import airworthy.mocks.platform.Placeholders;
import airworthy.mocks.platform.ScaledFiles;
import airworthy.mocks.platform.StateDirectory;
import airworthy.mocks.platform.TenantKeys;
import airworthy.mocks.platform.gateway.GatewayConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The AI platform on a node of its own, met through public interfaces only. Thread-safe. */
final class K3sPlatform implements AutoCloseable {

    /** The node stands for the first of the simulated platform's accelerator nodes. */
    private static final String NODE = "gpu-1";

    private static final int PROMETHEUS = 30090;
    private static final int ALERTMANAGER = 30093;
    private static final int GATEWAY = 30080;
    private static final int RUNBOOKS = 30890;

    private static final Duration PODS_WITHIN = Duration.ofMinutes(4);

    private static final Duration LOOK = Duration.ofSeconds(20);

    /** What each container that waits says of it. */
    private static final String WAITING =
            "jsonpath={range .items[*]}{range .status.containerStatuses[?(@.state.waiting)]}"
                    + "{.image}: {.state.waiting.reason} {.state.waiting.message}{\"\\n\"}{end}{end}";

    /** A kubelet that says so has tried; images come with the node, so another try finds no more. */
    private static final List<String> MISSING = List.of("ErrImageNeverPull", "ImagePullBackOff", "InvalidImageName");

    /** Where the manifests lie on the node. */
    private static final String ON_NODE = "/airworthy/platform";

    private final Node node;
    private final StateDirectory state;
    private final Map<String, String> addresses = new LinkedHashMap<>();

    private K3sPlatform(Node node, StateDirectory state) {
        this.node = node;
        this.state = state;
    }

    /**
     * Starts the node, applies the manifests and waits until all that they ask for runs.
     *
     * @param progress told what is done now, a line each
     * @throws CannotStartException for every reason that the user can mend; nothing runs then
     */
    static K3sPlatform start(K3sOptions options, Consumer<String> progress)
            throws CannotStartException, IOException, InterruptedException {
        StateDirectory state = StateDirectory.make(options.state());
        progress.accept("starting a node from " + options.nodeImage());
        Node node = Node.start(
                options.nodeImage(), NODE, options.podImages(), List.of(PROMETHEUS, ALERTMANAGER, GATEWAY, RUNBOOKS));
        K3sPlatform platform = new K3sPlatform(node, state);
        boolean up = false;
        try {
            platform.bringUp(options, progress);
            up = true;
            return platform;
        } finally {
            if (!up) {
                platform.close();
            }
        }
    }

    private void bringUp(K3sOptions options, Consumer<String> progress)
            throws CannotStartException, IOException, InterruptedException {
        ConfigDirectory config = options.config();
        GatewayConfig gateway = GatewayConfig.read("gateway.yaml", config.text("gateway.yaml"));
        TenantKeys keys = TenantKeys.make(gateway.keyNames());
        Placeholders placeholders = placeholders(options.timeScale());
        progress.accept("the node is ready; applying the platform's manifests");
        Path manifests = Files.createTempDirectory("airworthy-manifests-");
        try {
            write(config, manifests, options.timeScale(), keys, placeholders);
            node.copy(manifests, ON_NODE);
        } finally {
            delete(manifests);
        }
        node.kubectl("apply", "--server-side", "--kustomize", ON_NODE);
        progress.accept("waiting until its pods are ready");
        awaitPods();
        writeState(config, keys, placeholders);
    }

    private Placeholders placeholders(int timeScale) throws CannotStartException {
        String harness = node.gateway();
        addresses.put("prometheus", "http://" + node.reached(PROMETHEUS));
        addresses.put("alertmanager", "http://" + node.reached(ALERTMANAGER));
        addresses.put("gateway", "http://" + node.reached(GATEWAY) + "/v1");
        return new Placeholders(Map.of(
                "HARNESS", harness,
                "HARNESS_PORT", Integer.toString(freePort(harness)),
                "PROMETHEUS", node.reached(PROMETHEUS),
                "ALERTMANAGER", node.reached(ALERTMANAGER),
                "GATEWAY", node.reached(GATEWAY),
                "RUNBOOKS", node.reached(RUNBOOKS),
                "STATE", state.path().toString(),
                "TIME_SCALE", Integer.toString(timeScale)));
    }

    /** A port where the harness can listen for notifications that come from the cluster. */
    private static int freePort(String address) throws CannotStartException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new CannotStartException(
                    "the node reaches this machine at " + address + ", which is no address of this machine ("
                            + e.getMessage() + "), so no notification can be received here; use an engine that runs on"
                            + " this very machine",
                    e);
        }
    }

    /** The configuration as kubectl is to apply it: durations divided, keys and addresses filled in. */
    private static void write(
            ConfigDirectory config, Path to, int timeScale, TenantKeys keys, Placeholders placeholders)
            throws IOException {
        try (Stream<Path> files = Files.walk(config.path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(config.path().relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, placeholders.fill(Files.readString(file)));
            }
        }
        ScaledFiles scaled = ScaledFiles.read(config, timeScale);
        for (var file : scaled.all()) {
            Files.writeString(to.resolve(file.name()), file.text());
        }
        Files.createDirectories(to.resolve("keys"));
        for (Map.Entry<String, String> key : keys.byTenant().entrySet()) {
            Files.writeString(to.resolve("keys").resolve(key.getKey()), key.getValue());
        }
    }

    private void awaitPods() throws CannotStartException, IOException, InterruptedException {
        long last = System.nanoTime() + PODS_WITHIN.toNanos();
        while (true) {
            try {
                node.kubectl(
                        "wait",
                        "--for=condition=Available",
                        "deployment",
                        "--all",
                        "--all-namespaces",
                        "--timeout=" + LOOK.toSeconds() + "s");
                return;
            } catch (CannotStartException late) {
                String waiting = node.kubectl("get", "pods", "-A", "-o", WAITING);
                boolean missing = MISSING.stream().anyMatch(waiting::contains);
                if (missing || System.nanoTime() > last) {
                    throw notReady(
                            missing
                                    ? "an image that the platform's pods run is not on the node"
                                    : "not all of the platform's pods got ready within " + PODS_WITHIN.toSeconds()
                                            + " s",
                            waiting,
                            late);
                }
            }
        }
    }

    private CannotStartException notReady(String what, String waiting, CannotStartException late)
            throws CannotStartException, IOException, InterruptedException {
        return new CannotStartException(
                what + ": " + late.getMessage() + "\n" + waiting + node.kubectl("get", "pods", "-A", "-o", "wide")
                        + "\n" + node.kubectl("get", "events", "-A", "--field-selector", "type=Warning"),
                late);
    }

    private void writeState(ConfigDirectory config, TenantKeys keys, Placeholders placeholders)
            throws CannotStartException, IOException, InterruptedException {
        state.writeSecret("kubeconfig", node.kubeconfig());
        state.writeSecret("airworthy.kubeconfig", node.kubeconfig("airworthy-system", "airworthy"));
        for (Map.Entry<String, String> key : keys.byTenant().entrySet()) {
            state.writeSecret("keys/" + key.getKey(), key.getValue());
        }
        state.write("platform.yaml", placeholders.fill(config.text("k3s/platform.yaml")));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Returns where the parts answer, by name. */
    Map<String, String> addresses() {
        return Map.copyOf(addresses);
    }

    /** Returns the folder with kubeconfig, profile and keys. */
    Path state() {
        return state.path();
    }

    /** Removes the node. */
    @Override
    public void close() {
        node.close();
    }
}
