package airworthy.probes.kubernetes;

import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An API server that only reads: objects given as YAML documents, and answers of its own for chosen paths. */
final class CannedApi implements AutoCloseable {
    private static final Map<String, String> PLURALS = new TreeMap<>(Map.of(
            "Pod", "pods",
            "Namespace", "namespaces",
            "ResourceQuota", "resourcequotas",
            "Deployment", "deployments",
            "StatefulSet", "statefulsets",
            "ReplicaSet", "replicasets",
            "ResourceClaim", "resourceclaims",
            "ResourceSlice", "resourceslices",
            "DeviceClass", "deviceclasses"));

    private static final String BY_NODE = "fieldSelector=spec.nodeName=";

    private record Answer(int status, String body) {}

    private final Map<String, JsonNode> objects = new TreeMap<>();
    private final Map<String, ObjectNode> discovery = new TreeMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Path kubeconfig;
    private final KubernetesConnection connection;

    /** @param yaml the objects; each group version that occurs is served */
    CannedApi(String yaml) throws IOException {
        YAMLMapper mapper = new YAMLMapper();
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNext()) {
                add(documents.next());
            }
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
        kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
        write(kubeconfig, "http://127.0.0.1:" + server.getAddress().getPort());
        connection = open(kubeconfig);
    }

    /** Writes a kubeconfig with two contexts for this server. */
    static Path write(Path file, String server) throws IOException {
        return Files.writeString(file, """
            apiVersion: v1
            kind: Config
            current-context: one
            contexts:
            - {name: one, context: {cluster: here, user: me}}
            - {name: two, context: {cluster: here, user: me}}
            clusters: [{name: here, cluster: {server: "%s"}}]
            users: [{name: me, user: {token: secret}}]
            """.formatted(server));
    }

    static KubernetesConnection open(Path kubeconfig) {
        if (KubernetesConnection.open(new PlatformProfile.Cluster(kubeconfig, Optional.empty()))
                instanceof Reading.Present<KubernetesConnection>(KubernetesConnection open)) {
            return open;
        }
        throw new AssertionError("the test's own kubeconfig cannot be read");
    }

    KubernetesConnection connection() {
        return connection;
    }

    /** From now on this path is answered so. */
    void answer(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
    }

    private void add(JsonNode object) {
        String kind = object.get("kind").asText();
        String version = object.get("apiVersion").asText();
        String root = (version.contains("/") ? "/apis/" : "/api/") + version;
        String plural = PLURALS.get(kind);
        JsonNode namespace = object.at("/metadata/namespace");
        String space = namespace.isMissingNode() ? "" : "/namespaces/" + namespace.asText();
        String path =
                root + space + "/" + plural + "/" + object.at("/metadata/name").asText();
        objects.put(path, object);
        ObjectNode list = discovery.computeIfAbsent(root, _ -> new YAMLMapper().createObjectNode());
        list.withArray("/resources")
                .addObject()
                .put("kind", kind)
                .put("name", plural)
                .put("namespaced", !namespace.isMissingNode());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Answer answer = answers.getOrDefault(
                    path,
                    usual(path, Optional.ofNullable(exchange.getRequestURI().getQuery())));
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer usual(String path, Optional<String> query) {
        JsonNode known = objects.getOrDefault(path, discovery.get(path));
        if (known != null) {
            return new Answer(200, known.toString());
        }
        String plural = path.substring(path.lastIndexOf('/') + 1);
        if (PLURALS.containsValue(plural)) {
            String space = path.contains("/namespaces/") ? path + "/" : "";
            ObjectNode list = new YAMLMapper().createObjectNode();
            ArrayNode items = list.putArray("items");
            objects.forEach((at, object) -> {
                if (at.startsWith(space) && at.contains("/" + plural + "/") && selected(object, query)) {
                    items.add(object);
                }
            });
            return new Answer(200, list.toString());
        }
        return path.split("/").length <= 4
                ? new Answer(404, "404 page not found\n")
                : new Answer(404, "{\"kind\": \"Status\", \"code\": 404, \"message\": \"" + path + " not found\"}");
    }

    /** Of selectors only the one by node is known. */
    private static boolean selected(JsonNode object, Optional<String> query) {
        return query.filter(text -> text.startsWith(BY_NODE))
                .map(text -> text.substring(BY_NODE.length()))
                .map(object.at("/spec/nodeName").asText()::equals)
                .orElse(true);
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
