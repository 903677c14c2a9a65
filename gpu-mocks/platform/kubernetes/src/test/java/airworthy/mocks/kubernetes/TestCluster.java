package airworthy.mocks.kubernetes;

import static org.awaitility.Awaitility.await;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Inventory;
import airworthy.mocks.kubernetes.runtime.PodRuntime;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** A cluster with one plain node and one node of four accelerators, met over plain HTTP. */
final class TestCluster implements AutoCloseable {
    static final String TOKEN = "s3cret";
    static final String CLASS = """
        apiVersion: v1
        kind: Node
        metadata: {name: a-cpu}
        ---
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: gpu.nvidia.com}
        spec: {selectors: [{cel: {expression: "device.driver == 'gpu.nvidia.com' && device.attributes['gpu.nvidia.com'].type == 'gpu'"}}]}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: team-a, labels: {airworthy.dev/team: a}}
        """;
    private static final String FOUR_GPUS = """
        evictOnLoss: true
        accelerators:
          - node: b-gpu
            productName: NVIDIA H100 80GB HBM3
            brand: Nvidia
            architecture: Hopper
            cudaComputeCapability: 9.0.0
            count: 4
            memoryBytes: 85899345920
            driverVersion: 580.82.7
            cudaDriverVersion: 13.0.0
        """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    final SimulatedCluster cluster;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestCluster(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    static TestCluster with(String manifests) throws IOException {
        return with(manifests, PodRuntime.idle());
    }

    static TestCluster with(String manifests, PodRuntime runtime) throws IOException {
        return new TestCluster(
                SimulatedCluster.start(settings(manifests.isEmpty() ? CLASS : CLASS + "---\n" + manifests, runtime)));
    }

    static ClusterSettings settings(String manifests, PodRuntime runtime) throws IOException {
        return new ClusterSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TOKEN,
                "127.88.1.",
                42,
                InstantSource.system(),
                List.of(fourGpus()),
                yaml(manifests),
                runtime);
    }

    static Accelerators fourGpus() throws IOException {
        return Accelerators.of(Inventory.parse(FOUR_GPUS), "b-gpu", "42", InstantSource.system());
    }

    static List<ObjectNode> yaml(String text) throws IOException {
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(text)) {
            return documents.readAll();
        }
    }

    /** An answer with its code; the body is the first JSON object of the text. */
    record Answer(int code, JsonNode body, String text) {
        String message() {
            return body.path("message").asText();
        }
    }

    Answer get(String path) {
        return call("GET", path, "", "application/json");
    }

    Answer post(String path, String yaml) {
        return call("POST", path, yaml, "application/yaml");
    }

    Answer put(String path, JsonNode body) {
        return call("PUT", path, body.toString(), "application/json");
    }

    Answer delete(String path, String body) {
        return call("DELETE", path, body, "application/json");
    }

    Answer patch(String path, String type, String body) {
        return call("PATCH", path, body, "application/" + type + "+json");
    }

    Answer call(String method, String path, String body, String type, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cluster.uri() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            String text = response.body();
            return new Answer(
                    response.statusCode(), text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode(), text);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    /** Reads until the object is as expected; fails with its last state after ten seconds. */
    JsonNode eventually(String path, Predicate<JsonNode> expected) {
        return await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(path).body(), expected);
    }

    /** Waits for an event of this reason in the namespace, and returns its message. */
    String event(String namespace, String reason) {
        JsonNode list = eventually(
                "/api/v1/namespaces/" + namespace + "/events?fieldSelector=reason=" + reason,
                events -> !events.path("items").isEmpty());
        return list.at("/items/0/message").asText();
    }

    @Override
    public void close() {
        http.close();
        cluster.close();
    }
}
