package airworthy.runner;

import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A cluster of which a test says what each path answers: a deployment team-a/chat whose pod chat-0 holds gpu-3 of node gpu-1,
 * beside a driver that publishes it. What a path holds may be replaced at any time.
 */
public final class ToyCluster implements AutoCloseable {
    public static final String CLAIMS = "/apis/resource.k8s.io/v1/resourceclaims";
    public static final String CLAIMS_OF_TEAM = "/apis/resource.k8s.io/v1/namespaces/team-a/resourceclaims";
    public static final String PODS_OF_TEAM = "/api/v1/namespaces/team-a/pods";
    public static final String EXPORTER = "/metrics";
    public static final String LOG = "/log";

    private static final String SLICES = "/apis/resource.k8s.io/v1/resourceslices";
    private static final String PODS = "/api/v1/pods";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Path kubeconfig;
    private final KubernetesConnection connection;

    public ToyCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
        kubeconfig = Files.writeString(Files.createTempFile("kubeconfig", ".yaml"), """
            apiVersion: v1
            kind: Config
            current-context: toy
            contexts: [{name: toy, context: {cluster: toy, user: me}}]
            clusters: [{name: toy, cluster: {server: "%s"}}]
            users: [{name: me, user: {token: secret}}]
            """.formatted(base()));
        connection = open(kubeconfig);
        answers.put(
                "/api/v1",
                kinds("Pod", "pods", "Namespace", "namespaces", "Node", "nodes", "ResourceQuota", "resourcequotas"));
        answers.put("/apis/apps/v1", kinds("Deployment", "deployments", "ReplicaSet", "replicasets"));
        answers.put(
                "/apis/resource.k8s.io/v1",
                kinds("ResourceClaim", "resourceclaims", "ResourceSlice", "resourceslices"));
        answers.put(
                "/api/v1/namespaces/team-a", "{\"metadata\": {\"name\": \"team-a\", \"labels\": {\"owner\": \"ml\"}}}");
        answers.put("/api/v1/nodes/gpu-1", "{\"metadata\": {\"name\": \"gpu-1\"}}");
        list("/api/v1/namespaces/team-a/resourcequotas");
        driverSays("");
        answers.put(
                "/apis/apps/v1/namespaces/team-a/deployments/chat",
                "{\"metadata\": {\"name\": \"chat\", \"namespace\": \"team-a\", \"uid\": \"d\"}}");
        list("/apis/apps/v1/namespaces/team-a/replicasets", """
            {"metadata": {"name": "chat-r", "namespace": "team-a", "uid": "r", "ownerReferences": [{"uid": "d"}]}}\
            """);
        pods(pod("chat-0", true, ""));
        claims(claim("chat-0"));
        publish("");
        exports(0, 60);
    }

    /** The pods of the deployment, all of them on the node. */
    public void pods(String... pods) {
        list(PODS_OF_TEAM, pods);
        list(PODS, pods);
        for (String pod : pods) {
            answers.put(PODS_OF_TEAM + "/" + pod.replaceFirst("(?s).*?\"name\": \"([^\"]+)\".*", "$1"), pod);
        }
    }

    /** The claims of the namespace, which are all there are. */
    public void claims(String... claims) {
        list(CLAIMS, claims);
        list(CLAIMS_OF_TEAM, claims);
    }

    /** What the driver says of the device: nothing for sound, or a list of taints as JSON. */
    public void publish(String taints) {
        list(SLICES, """
            {"spec": {"driver": "gpu.nvidia.com", "nodeName": "gpu-1", "pool": {"name": "gpu-1", "generation": 1},
             "devices": [{"name": "gpu-3" %s}]}}\
            """.formatted(taints.isEmpty() ? "" : ", \"taints\": " + taints));
    }

    /** The driver publishes the device no more. */
    public void withdraw() {
        list(SLICES);
    }

    /** What the exporter says: the last XID, and the device's utilisation unless that is negative. */
    public void exports(int xid, int busy) {
        answers.put(
                EXPORTER,
                "DCGM_FI_DEV_XID_ERRORS{gpu=\"3\",Hostname=\"gpu-1\"} " + xid + "\n"
                        + (busy < 0 ? "" : "DCGM_FI_DEV_GPU_UTIL{gpu=\"3\",Hostname=\"gpu-1\"} " + busy + "\n"));
    }

    /** What the driver has written into its log. */
    public void driverSays(String log) {
        answers.put(LOG, log);
    }

    /** What a pod of the deployment has written into its log. */
    public void podSays(String pod, String log) {
        answers.put(PODS_OF_TEAM + "/" + pod + "/log", log);
    }

    /** A pod of the deployment; of its device the kubelet says this, unless it is empty. */
    public static String pod(String name, boolean ready, String health) {
        return """
            {"metadata": {"name": "%1$s", "namespace": "team-a", "uid": "uid-%1$s", "ownerReferences": [{"uid": "r"}]},
             "spec": {"nodeName": "gpu-1"},
             "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "%2$s"}],
              "containerStatuses": [{"restartCount": 0, "allocatedResourcesStatus": [{"name": "claim:gpu", "resources": [
                {"resourceID": "gpu.nvidia.com/gpu-1/gpu-3", "health": "%3$s"}]}]}]}}\
            """.formatted(name, ready ? "True" : "False", health.isEmpty() ? "Healthy" : health);
    }

    /** A claim of this pod that holds gpu-3. */
    public static String claim(String pod) {
        return """
            {"metadata": {"name": "%1$s-gpu", "namespace": "team-a", "uid": "claim-%1$s"},
             "status": {"reservedFor": [{"resource": "pods", "name": "%1$s", "uid": "uid-%1$s"}],
              "allocation": {"devices": {"results": [
               {"request": "gpu", "driver": "gpu.nvidia.com", "pool": "gpu-1", "device": "gpu-3"}]}}}}\
            """.formatted(pod);
    }

    public KubernetesConnection connection() {
        return connection;
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void list(String path, String... items) {
        answers.put(path, "{\"items\": [" + String.join(",", List.of(items)) + "]}");
    }

    private static String kinds(String... kindsAndPlurals) {
        StringBuilder kinds = new StringBuilder();
        for (int i = 0; i < kindsAndPlurals.length; i += 2) {
            boolean namespaced = !List.of("Namespace", "Node", "ResourceSlice").contains(kindsAndPlurals[i]);
            kinds.append(kinds.isEmpty() ? "" : ",")
                    .append("{\"kind\": \"%s\", \"name\": \"%s\", \"namespaced\": %s}"
                            .formatted(kindsAndPlurals[i], kindsAndPlurals[i + 1], namespaced));
        }
        return "{\"resources\": [" + kinds + "]}";
    }

    private static KubernetesConnection open(Path kubeconfig) {
        if (KubernetesConnection.open(new PlatformProfile.Cluster(kubeconfig, Optional.empty()))
                instanceof Reading.Present<KubernetesConnection>(KubernetesConnection open)) {
            return open;
        }
        throw new AssertionError("the test's own kubeconfig cannot be read");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String answer =
                    answers.getOrDefault(path, "{\"kind\": \"Status\", \"message\": \"" + path + " not found\"}");
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        connection.close();
        server.stop(0);
        threads.shutdownNow();
        try {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
