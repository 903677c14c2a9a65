package airworthy.faults.kubernetes;

import airworthy.faults.Gate;
import airworthy.faults.JsonValue;
import airworthy.faults.RunMark;
import airworthy.faults.TestServer;
import airworthy.faults.TestServer.Reply;
import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * As much of a Kubernetes API as undo depends on: discovery, names taken once, uids with preconditions, JSON patches with
 * tests, finalizers, pods that are resized and a kubelet that does it, and refusals as Status objects.
 */
public final class ToyApi implements AutoCloseable {
    private static final Map<String, String> KINDS = Map.of(
            "/api/v1",
                    "ConfigMap configmaps Pod pods Pod pods/resize Service services ResourceQuota resourcequotas Namespace namespaces Node nodes",
            "/apis/apps/v1", "Deployment deployments ReplicaSet replicasets",
            "/apis/autoscaling.k8s.io/v1", "VerticalPodAutoscaler verticalpodautoscalers",
            "/apis/resource.k8s.io/v1",
                    "ResourceClaim resourceclaims ResourceClaimTemplate resourceclaimtemplates DeviceClass deviceclasses"
                            + " ResourceSlice resourceslices");

    private static final String RESIZE = "/resize";

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final TestServer server = new TestServer(this::answer);
    private final Path kubeconfig;
    private final KubernetesConnection connection;
    private Optional<Reply> refusal = Optional.empty();
    private long version;
    private boolean resizes = true;
    private boolean kubelet = true;

    /** An empty cluster. */
    public ToyApi() {
        try {
            kubeconfig = Files.createTempFile("kubeconfig", ".yaml");
            Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: toy
                contexts: [{name: toy, context: {cluster: toy, user: toy}}]
                clusters: [{name: toy, cluster: {server: "%s"}}]
                users: [{name: toy, user: {}}]
                """.formatted(server.at("")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connection = switch (KubernetesConnection.open(new PlatformProfile.Cluster(kubeconfig, Optional.empty()))) {
            case Reading.Present<KubernetesConnection>(KubernetesConnection open) -> open;
            case Reading.Absent<KubernetesConnection>(String how) -> throw new AssertionError(how);
            case Reading.Unreadable<KubernetesConnection>(String why) -> throw new AssertionError(why);
        };
    }

    /** How the harness reaches it. */
    public KubernetesConnection connection() {
        return connection;
    }

    Gate gate() {
        return server.gate();
    }

    /** Puts an object there, as somebody else would. */
    public synchronized void put(String path, String json) {
        store(path, (ObjectNode) JsonValue.parse(json).node());
    }

    synchronized void remove(String path) {
        objects.remove(path);
    }

    /** What is there. */
    public synchronized Optional<JsonNode> at(String path) {
        return Optional.<JsonNode>ofNullable(objects.get(path)).map(JsonNode::deepCopy);
    }

    /** An older server: pods keep the size that they were made with. */
    public synchronized void knowsNoResize() {
        resizes = false;
    }

    /** From now on sizes are taken, and nothing is made of them. */
    synchronized void kubeletStandsStill() {
        kubelet = false;
    }

    /** From now on every creation is refused. */
    synchronized void refuseCreation(int status, String message) {
        refusal = Optional.of(status(status, message));
    }

    private synchronized Reply answer(String method, String path, String body) {
        return switch (method) {
            case "GET" -> get(path);
            case "POST" ->
                refusal.orElseGet(
                        () -> create(path, (ObjectNode) JsonValue.parse(body).node()));
            case "PATCH" ->
                path.endsWith(RESIZE)
                        ? resize(
                                path.substring(0, path.length() - RESIZE.length()),
                                JsonValue.parse(body).node())
                        : patch(path, JsonValue.parse(body).node());
            case "DELETE" -> delete(path, JsonValue.parse(body).node());
            default -> status(405, "method not allowed");
        };
    }

    private Reply get(String path) {
        if (KINDS.containsKey(path)) {
            String kinds = KINDS.get(path);
            return Reply.json(200, discovery((resizes ? kinds : kinds.replace("Pod pods/resize ", "")).split(" ")));
        }
        ObjectNode object = objects.get(path);
        if (object != null) {
            return Reply.json(200, object);
        }
        String kind = path.substring(path.lastIndexOf('/') + 1);
        if (KINDS.values().stream().noneMatch(kinds -> (kinds + " ").contains(" " + kind + " "))) {
            return path.startsWith("/api/") || path.split("/").length > 4
                    ? status(404, path + " not found")
                    : new Reply(404, "404 page not found");
        }
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("kind", "List");
        ArrayNode items = list.putArray("items");
        String space = path.contains("/namespaces/") ? parent(path) + "/" : "";
        objects.forEach((at, item) -> {
            if (at.startsWith(space) && parent(at).endsWith("/" + kind)) {
                items.add(item);
            }
        });
        return Reply.json(200, list);
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static JsonNode discovery(String[] kinds) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("kind", "APIResourceList");
        ArrayNode resources = list.putArray("resources");
        for (int i = 0; i < kinds.length; i += 2) {
            boolean namespaced = !kinds[i].matches("Namespace|Node|DeviceClass|ResourceSlice");
            resources
                    .addObject()
                    .put("kind", kinds[i])
                    .put("name", kinds[i + 1])
                    .put("namespaced", namespaced);
        }
        return list;
    }

    private Reply create(String path, ObjectNode object) {
        String at = path + "/" + object.at("/metadata/name").asText();
        if (objects.containsKey(at)) {
            return status(409, at + " already exists");
        }
        store(at, object);
        return Reply.json(201, object);
    }

    private void store(String path, ObjectNode object) {
        version++;
        ObjectNode metadata = object.withObject("/metadata");
        metadata.put("resourceVersion", Long.toString(version));
        if (!metadata.has("uid")) {
            metadata.put("uid", "uid-" + version);
        }
        objects.put(path, object);
    }

    private Reply patch(String path, JsonNode operations) {
        ObjectNode object = objects.get(path);
        if (object == null) {
            return status(404, path + " not found");
        }
        ObjectNode copy = object.deepCopy();
        for (JsonNode operation : operations) {
            JsonPointer pointer = JsonPointer.compile(operation.get("path").asText());
            JsonNode parent = copy.at(pointer.head());
            String name = pointer.last().getMatchingProperty();
            switch (operation.get("op").asText()) {
                case "test" -> {
                    if (!operation.get("value").equals(copy.at(pointer))) {
                        return status(422, "the server rejected our request due to an error in our request");
                    }
                }
                case "remove" -> ((ObjectNode) parent).remove(name);
                default -> ((ObjectNode) parent).set(name, operation.get("value"));
            }
        }
        store(path, copy);
        return Reply.json(200, copy);
    }

    private Reply resize(String path, JsonNode operations) {
        Reply reply = patch(path, operations);
        ObjectNode pod = objects.get(path);
        if (pod != null && reply.status() == 200 && kubelet) {
            JsonNode statuses = pod.at("/status/containerStatuses");
            for (int i = 0; i < statuses.size(); i++) {
                ((ObjectNode) statuses.get(i))
                        .set(
                                "resources",
                                pod.at("/spec/containers/" + i + "/resources").deepCopy());
            }
        }
        return reply;
    }

    private Reply delete(String path, JsonNode options) {
        ObjectNode object = objects.get(path);
        if (object == null) {
            return status(404, path + " not found");
        }
        JsonNode uid = options.at("/preconditions/uid");
        if (!uid.isMissingNode() && !uid.equals(object.at("/metadata/uid"))) {
            return status(409, "the UID in the precondition does not match");
        }
        if (object.at("/metadata/finalizers").isEmpty()) {
            objects.remove(path);
        } else {
            object.withObject("/metadata").put("deletionTimestamp", "2026-11-21T00:00:00Z");
        }
        return Reply.json(200, object);
    }

    private static Reply status(int code, String message) {
        return Reply.json(
                code,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("kind", "Status")
                        .put("code", code)
                        .put("message", message));
    }

    /** A manifest that carries a run label. */
    static String configMap(String name, String runLabel) {
        return """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s", "namespace": "team-a",
             "labels": {"%s": "%s"}}, "data": {"key": "value"}}
            """.formatted(name, RunMark.RUN_LABEL, runLabel);
    }

    @Override
    public void close() {
        connection.close();
        server.close();
        try {
            Files.deleteIfExists(kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
