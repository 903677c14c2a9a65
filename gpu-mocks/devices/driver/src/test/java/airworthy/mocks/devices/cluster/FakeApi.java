package airworthy.mocks.devices.cluster;

import airworthy.mocks.incluster.ClusterApi;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** As much of an API server as the driver speaks to: slices with optimistic locking and immutable fields, and objects to read. */
public final class FakeApi implements AutoCloseable {

    private static final String SLICES = "/apis/resource.k8s.io/v1/resourceslices";
    private static final Set<String> IMMUTABLE = Set.of("/spec/driver", "/spec/nodeName", "/spec/pool/name");

    private final HttpServer http;
    private final Map<String, ObjectNode> slices = new TreeMap<>();
    private final Map<String, ObjectNode> readable = new ConcurrentSkipListMap<>();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private int version = 100;
    private boolean down;

    public FakeApi() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
        put("/api/v1/nodes/gpu-1", "{\"metadata\": {\"name\": \"gpu-1\", \"uid\": \"node-uid\"}}");
        put("/api/v1/pods", "{\"items\": []}");
        put("/apis/resource.k8s.io/v1/resourceclaims", "{\"items\": []}");
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    ClusterApi client() {
        return ClusterApi.open(uri());
    }

    /** Lets a path be read. */
    public void put(String path, String json) {
        readable.put(path, json(json));
    }

    /** A claim that the scheduler gave some devices of gpu-1. */
    public void allocate(String namespace, String name, String uid, String... devices) {
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        claim.putObject("metadata")
                .put("namespace", namespace)
                .put("name", name)
                .put("uid", uid);
        ArrayNode results = claim.putObject("status")
                .putObject("allocation")
                .putObject("devices")
                .putArray("results");
        for (String device : devices) {
            results.addObject()
                    .put("request", "gpu")
                    .put("driver", "gpu.nvidia.com")
                    .put("pool", "gpu-1")
                    .put("device", device);
        }
        results.addObject()
                .put("request", "nic")
                .put("driver", "dra.net")
                .put("pool", "gpu-1")
                .put("device", "eth1");
        readable.put("/apis/resource.k8s.io/v1/namespaces/%s/resourceclaims/%s".formatted(namespace, name), claim);
    }

    /** Lets every call fail, or no longer. */
    synchronized void down(boolean isDown) {
        down = isDown;
    }

    public synchronized List<ObjectNode> slices() {
        return slices.values().stream().map(ObjectNode::deepCopy).toList();
    }

    /** Changes a slice behind the driver's back; null takes it away. */
    synchronized void meddle(String name, @Nullable ObjectNode slice) {
        if (slice == null) {
            slices.remove(name);
        } else {
            store(name, slice);
        }
    }

    /** Returns the changing calls so far, without their bodies. */
    List<String> writes() {
        return List.copyOf(writes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
            byte[] bytes = reply.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Reply answer(String method, URI uri, String body) {
        String path = uri.getPath();
        if (down) {
            return status(500, "etcd is down");
        }
        if (!path.startsWith(SLICES)) {
            ObjectNode found = readable.get(path);
            return found == null ? status(404, path + " not found") : new Reply(200, found);
        }
        if (method.equals("GET")) {
            return list(uri.getQuery());
        }
        writes.add(method + " " + path);
        String name = path.substring(Math.min(path.length(), SLICES.length() + 1));
        return switch (method) {
            case "POST" -> create(json(body));
            case "PUT" -> replace(name, json(body));
            case "DELETE" -> slices.remove(name) == null ? status(404, name) : status(200, "deleted");
            default -> status(405, method);
        };
    }

    private Reply list(String query) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode items = list.putArray("items");
        slices.values().stream()
                .filter(slice -> query.equals("fieldSelector=spec.nodeName=%s,spec.driver=%s"
                        .formatted(
                                slice.at("/spec/nodeName").asText(),
                                slice.at("/spec/driver").asText())))
                .forEach(items::add);
        return new Reply(200, list);
    }

    private Reply create(ObjectNode slice) {
        String name = slice.at("/metadata/name").asText();
        return slices.containsKey(name) ? status(409, name + " already exists") : new Reply(201, store(name, slice));
    }

    private Reply replace(String name, ObjectNode slice) {
        ObjectNode present = slices.get(name);
        if (present == null) {
            return status(404, name + " not found");
        }
        if (!present.at("/metadata/resourceVersion").equals(slice.at("/metadata/resourceVersion"))) {
            return status(409, "the object has been modified");
        }
        if (IMMUTABLE.stream().anyMatch(field -> !present.at(field).equals(slice.at(field)))) {
            return status(422, "field is immutable");
        }
        return new Reply(200, store(name, slice));
    }

    private ObjectNode store(String name, ObjectNode slice) {
        ObjectNode stored = slice.deepCopy();
        ((ObjectNode) stored.path("metadata")).put("resourceVersion", Integer.toString(++version));
        slices.put(name, stored);
        return stored;
    }

    private static Reply status(int status, String message) {
        return new Reply(
                status,
                JsonNodeFactory.instance.objectNode().put("kind", "Status").put("message", message));
    }

    public static ObjectNode json(String text) {
        try {
            return new ObjectMapper().readValue(text, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private record Reply(int status, JsonNode body) {}
}
