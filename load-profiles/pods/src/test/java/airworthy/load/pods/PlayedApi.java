package airworthy.load.pods;

import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An API server with one Job and its pods: what it takes to make them, see them run and see them gone. */
final class PlayedApi implements AutoCloseable {
    private static final String RUNS = "{\"running\":{}}";
    private static final String CREATING = "{\"waiting\":{\"reason\":\"ContainerCreating\"}}";

    private static final Map<String, String> DISCOVERY = Map.of(
            "/api/v1",
            resources("Pod", "pods") + "," + resources("Event", "events"),
            "/apis/batch/v1",
            resources("Job", "jobs"));

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final Map<String, Answer> refusals = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final Path kubeconfig;
    private final KubernetesConnection connection;
    private volatile boolean made;
    private volatile Optional<String> deletion = Optional.empty();
    private volatile String state = CREATING;
    private final AtomicInteger looksUntilRunning = new AtomicInteger(Integer.MAX_VALUE);

    private record Answer(int status, String body) {}

    PlayedApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::serve);
            server.setExecutor(threads);
            server.start();
            kubeconfig = Files.writeString(Files.createTempFile("kubeconfig", ".yaml"), """
                    apiVersion: v1
                    kind: Config
                    current-context: one
                    contexts: [{name: one, context: {cluster: here, user: me}}]
                    clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: me, user: {token: secret}}]
                    """.formatted(
                            server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!(KubernetesConnection.open(new PlatformProfile.Cluster(kubeconfig, Optional.empty()))
                instanceof Reading.Present<KubernetesConnection>(KubernetesConnection open))) {
            throw new AssertionError("the test's own kubeconfig cannot be read");
        }
        connection = open;
    }

    KubernetesConnection connection() {
        return connection;
    }

    void podsRunAfter(int looks) {
        looksUntilRunning.set(looks);
    }

    void podsWaitFor(String reason) {
        state = "{\"waiting\":{\"reason\":\"" + reason + "\"}}";
    }

    void refuse(String method, int status, String message) {
        refusals.put(method, new Answer(status, "{\"kind\":\"Status\",\"message\":\"" + message + "\"}"));
    }

    /** With what options the Job was deleted, if it was. */
    Optional<String> deletion() {
        return deletion;
    }

    /** Whether the Job is there. */
    boolean left() {
        return made;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            Answer answer = refusals.containsKey(method) ? refusals.get(method) : usual(method, path, body);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer usual(String method, String path, String body) {
        if (DISCOVERY.containsKey(path)) {
            return new Answer(200, "{\"resources\":[" + DISCOVERY.get(path) + "]}");
        }
        if (path.endsWith("/pods")) {
            return new Answer(200, "{\"items\":[" + (made ? pods() : "") + "]}");
        }
        if (method.equals("POST")) {
            made = true;
            return new Answer(201, body);
        }
        if (method.equals("DELETE")) {
            deletion = Optional.of(body);
            made = false;
            return new Answer(200, "{\"kind\":\"Status\"}");
        }
        return made
                ? new Answer(200, "{\"kind\":\"Job\",\"metadata\":{\"uid\":\"u-1\"}}")
                : new Answer(404, "{\"kind\":\"Status\",\"message\":\"not found\"}");
    }

    private String pods() {
        String now = looksUntilRunning.getAndDecrement() <= 0 ? RUNS : state;
        return IntStream.range(0, 3)
                .mapToObj(index -> """
                        {"metadata":{"name":"w-%d","annotations":{"batch.kubernetes.io/job-completion-index":"%d"}},
                        "spec":{"nodeName":"n"},"status":{"containerStatuses":[{"state":%s}]}}
                        """.formatted(index, index, now))
                .collect(Collectors.joining(","));
    }

    private static String resources(String kind, String plural) {
        return "{\"kind\":\"%s\",\"name\":\"%s\",\"namespaced\":true}".formatted(kind, plural);
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
