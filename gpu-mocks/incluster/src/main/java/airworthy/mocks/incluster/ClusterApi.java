package airworthy.mocks.incluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes API server; each call ends within {@link #LIMIT}. Safe for any number of threads.
 *
 * <p>A refusal is an {@link Answer} like any other; only a server that does not answer throws.
 */
public final class ClusterApi implements AutoCloseable {

    /** Longest a call may take. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final URI server;
    private final Optional<Path> token;
    private final HttpClient http;
    private final ObjectMapper mapper = new ObjectMapper();

    private ClusterApi(URI server, Optional<Path> token, HttpClient.Builder http) {
        this.server = server;
        this.token = token;
        this.http = http.version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /**
     * The server of the cluster that this pod runs in, spoken to as the pod's service account.
     *
     * @throws IOException when this is no pod, or its service account is not mounted; the message says what is missing
     */
    public static ClusterApi inPod() throws IOException {
        return inPod(System.getenv(), ACCOUNT);
    }

    static ClusterApi inPod(Map<String, String> environment, Path account) throws IOException {
        String host = variable(environment, "KUBERNETES_SERVICE_HOST");
        String port = variable(environment, "KUBERNETES_SERVICE_PORT");
        URI server = URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        Path authority = account.resolve("ca.crt");
        Path token = account.resolve("token");
        for (Path needed : new Path[] {authority, token}) {
            if (!Files.isReadable(needed)) {
                throw new NoSuchFileException(
                        needed.toString(),
                        null,
                        "not readable; the pod needs a service account whose token is mounted"
                                + " (automountServiceAccountToken)");
            }
        }
        HttpClient.Builder http = HttpClient.newBuilder().sslContext(Authorities.trusting(authority));
        return new ClusterApi(server, Optional.of(token), http);
    }

    /** A server that asks for no credentials, such as {@code kubectl proxy}. */
    public static ClusterApi open(URI server) {
        return new ClusterApi(server, Optional.empty(), HttpClient.newBuilder());
    }

    private static String variable(Map<String, String> environment, String name) throws IOException {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IOException(name + " is not set; it is in every pod, so this process runs in none");
        }
        return value;
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, BodyPublishers.noBody());
    }

    public Answer post(String path, JsonNode body) throws IOException, InterruptedException {
        return call("POST", path, BodyPublishers.ofString(body.toString()));
    }

    public Answer put(String path, JsonNode body) throws IOException, InterruptedException {
        return call("PUT", path, BodyPublishers.ofString(body.toString()));
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return call("DELETE", path, BodyPublishers.noBody());
    }

    /** Deletes with options, such as preconditions. */
    public Answer delete(String path, JsonNode options) throws IOException, InterruptedException {
        return call("DELETE", path, BodyPublishers.ofString(options.toString()));
    }

    private Answer call(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, body);
        if (token.isPresent()) {
            // Read at each call: the kubelet replaces the file before the token in it expires.
            request.header(
                    "Authorization", "Bearer " + Files.readString(token.get()).strip());
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), read(response.body()));
        } catch (IOException e) {
            throw new IOException(method + " " + server.resolve(path) + ": " + e, e);
        }
    }

    private JsonNode read(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException _) {
            // A proxy's page, say: kept as it is, so that it can be shown.
            return TextNode.valueOf(body.strip());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
