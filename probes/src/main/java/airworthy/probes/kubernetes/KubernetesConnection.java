package airworthy.probes.kubernetes;

import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cluster's API, objects as JSON text. Thread-safe.
 *
 * <p>Each call ends within about 4 s, told or not, plus as long again the first time that a group version is met.
 * Absent means that a working API said 404; no permission, no credentials, no answer and answers that are not JSON are
 * unreadable.
 */
public final class KubernetesConnection implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String JSON_PATCH = "application/json-patch+json";

    private final ApiTransport transport;
    private final ResourcePaths paths;

    private KubernetesConnection(ApiTransport transport) {
        this.transport = transport;
        this.paths = new ResourcePaths(transport);
    }

    /** Reads the kubeconfig; asks nothing of the cluster yet. */
    public static Reading<KubernetesConnection> open(PlatformProfile.Cluster cluster) {
        return KubeconfigFile.read(cluster).map(config -> new KubernetesConnection(new ApiTransport(config)));
    }

    /** The {@code gitVersion} that the API server says of itself. */
    public Reading<String> version() throws InterruptedException {
        return NotRead.reading(() -> {
            JsonNode version = Json.parse(read("/version")).path("gitVersion");
            if (!version.isTextual()) {
                throw NotRead.unreadable("GET " + transport.server() + "/version: found no gitVersion in the answer");
            }
            return version.asText();
        });
    }

    /**
     * Whether the credentials are accepted at all: the version is told to anybody, the list of API versions only to those
     * who are known.
     */
    public Reading<String> accepted() throws InterruptedException {
        return NotRead.reading(() -> read("/api"));
    }

    /** One object. */
    public Reading<String> get(ObjectRef object) throws InterruptedException {
        return NotRead.reading(() -> read(paths.of(object)));
    }

    /**
     * All objects of a kind, as one list object.
     *
     * @param namespace empty for all namespaces
     * @param labelSelector empty text for no selection
     */
    public Reading<String> list(String apiVersion, String kind, Optional<String> namespace, String labelSelector)
            throws InterruptedException {
        String query = labelSelector.isEmpty()
                ? ""
                : "?labelSelector=" + URLEncoder.encode(labelSelector, StandardCharsets.UTF_8);
        return NotRead.reading(() -> read(paths.collection(apiVersion, kind, namespace) + query));
    }

    /**
     * Creates an object.
     *
     * @param manifest the whole object as JSON; its name and namespace are those of {@code object}
     */
    public ApiAnswer create(ObjectRef object, String manifest) throws InterruptedException {
        return change(
                () -> paths.collection(object.apiVersion(), object.kind(), object.namespace()), "POST", JSON, manifest);
    }

    /** Changes an object by a JSON patch (RFC 6902); one {@code test} that fails and nothing is changed. */
    public ApiAnswer patch(ObjectRef object, String jsonPatch) throws InterruptedException {
        return change(() -> paths.of(object), "PATCH", JSON_PATCH, jsonPatch);
    }

    /** Deletes an object if it still is the one with this uid. Finalizers may keep it for a while. */
    public ApiAnswer delete(ObjectRef object, String uid) throws InterruptedException {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", "Background");
        options.putObject("preconditions").put("uid", uid);
        return change(() -> paths.of(object), "DELETE", JSON, options.toString());
    }

    /** The objects of a list. */
    List<JsonNode> items(String apiVersion, String kind, Optional<String> namespace)
            throws NotRead, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        Json.parse(read(paths.collection(apiVersion, kind, namespace)))
                .path("items")
                .forEach(items::add);
        return items;
    }

    /** Absent unless the server has this kind in this version. */
    void requireKind(String apiVersion, String kind) throws NotRead, InterruptedException {
        paths.collection(apiVersion, kind, Optional.empty());
    }

    /** One object as a tree. */
    JsonNode object(ObjectRef object) throws NotRead, InterruptedException {
        return Json.parse(read(paths.of(object)));
    }

    private String read(String path) throws NotRead, InterruptedException {
        return switch (transport.get(path)) {
            case ApiAnswer.Ok(String json, int _) -> json;
            case ApiAnswer.Refused(int status, String message) when status == 404 -> throw NotRead.absent(message);
            case ApiAnswer.Refused(int status, String message)
            when status == 403 ->
                throw NotRead.unreadable("GET " + transport.server() + path + ": 403, " + message
                        + "; grant get and list on it to the user of this kubeconfig");
            case ApiAnswer.Refused(int status, String message) ->
                throw NotRead.unreadable("GET " + transport.server() + path + ": " + status + ", " + message);
            case ApiAnswer.Failed(String why) -> throw NotRead.unreadable(why);
        };
    }

    private ApiAnswer change(NotRead.Attempt<String> path, String method, String contentType, String body)
            throws InterruptedException {
        String resolved;
        try {
            resolved = path.read();
        } catch (NotRead e) {
            return e.absent() ? new ApiAnswer.Refused(404, e.words()) : new ApiAnswer.Failed(e.words());
        }
        return transport.send(method, resolved, contentType, body);
    }

    @Override
    public void close() {
        transport.close();
    }
}
