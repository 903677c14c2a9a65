package airworthy.probes.kubernetes;

import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import airworthy.probes.http.Login;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster's API, objects as JSON text. Thread-safe.
 *
 * <p>Each call ends within about 4 s, told or not, plus as long again the first time that a group version is met.
 * Absent means that a working API said 404; no permission, no credentials, no answer and answers that are not JSON are
 * unreadable.
 */
public final class KubernetesConnection implements AutoCloseable {
    /** These are gone only when their pods are: until then what they hold is not given back. */
    private static final Set<String> CONTROLLERS = Set.of("Deployment", "ReplicaSet", "StatefulSet", "Job");

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
        return switch (KubeconfigFile.read(cluster)) {
            case Reading.Present<Config>(Config config) ->
                ApiTransport.open(config).map(KubernetesConnection::new);
            case Reading.Absent<Config>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<Config>(String why) -> new Reading.Unreadable<>(why);
        };
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
     * Where a pod's HTTP port is met: through the API server, so that it works from wherever the cluster's API is reached.
     * The address stays good for another process with the same kubeconfig; its user needs {@code pods/proxy}.
     *
     * @return ends in a slash; who asks there uses the {@link #login}
     */
    public URI podAddress(String namespace, String pod, int port) {
        return transport.origin().resolve("/api/v1/namespaces/%s/pods/%s:%d/proxy/".formatted(namespace, pod, port));
    }

    /** Where the latest lines of a pod's log are read; who asks there uses the {@link #login} and needs {@code pods/log}. */
    public URI podLog(String namespace, String pod, int lines) {
        return transport
                .origin()
                .resolve("/api/v1/namespaces/%s/pods/%s/log?tailLines=%d".formatted(namespace, pod, lines));
    }

    /** The kubeconfig's name for the context in use. */
    public String context() {
        return transport.context();
    }

    /** Scheme, host and port of the API server, with a slash at its end. */
    public URI origin() {
        return transport.origin();
    }

    /**
     * Where a Service's HTTP port is met, through the API server like {@link #podAddress}: what answers there is what the
     * Service selects. The user needs {@code services/proxy}.
     */
    public URI serviceAddress(String namespace, String service, int port) {
        return transport
                .origin()
                .resolve("/api/v1/namespaces/%s/services/%s:%d/proxy/".formatted(namespace, service, port));
    }

    /** How other HTTP clients make themselves known to the API server. */
    public Login login() {
        return transport.login();
    }

    /**
     * Takes hold of the standard streams of a running container that has its input open. The user needs {@code get} and
     * {@code create} on {@code pods/attach}.
     */
    public Reading<AttachedContainer> attach(String namespace, String pod, String container)
            throws InterruptedException {
        return AttachedContainer.open(
                "attach to container " + container + " of pod " + namespace + "/" + pod + " at " + transport.server(),
                transport
                        .origin()
                        .resolve("/api/v1/namespaces/%s/pods/%s/attach?container=%s&stdin=true&stdout=true&stderr=true"
                                .formatted(namespace, pod, container)),
                transport.login());
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

    /**
     * Changes one part of an object, where it may be changed only so.
     *
     * @param subresource for example {@code resize}
     */
    public ApiAnswer patch(ObjectRef object, String subresource, String jsonPatch) throws InterruptedException {
        return change(() -> paths.of(object) + "/" + subresource, "PATCH", JSON_PATCH, jsonPatch);
    }

    /**
     * Whether the server serves one part of a kind's objects: its own word for that, or absent.
     *
     * @param subresource for example {@code pods/resize}
     */
    public Reading<String> subresource(String apiVersion, String subresource) throws InterruptedException {
        return NotRead.reading(() -> {
            paths.requireSubresource(apiVersion, subresource);
            return subresource;
        });
    }

    /** Deletes an object if it still is the one with this uid. Finalizers may keep it for a while. */
    public ApiAnswer delete(ObjectRef object, String uid) throws InterruptedException {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        String propagation = CONTROLLERS.contains(object.kind()) ? "Foreground" : "Background";
        options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", propagation);
        options.putObject("preconditions").put("uid", uid);
        return change(() -> paths.of(object), "DELETE", JSON, options.toString());
    }

    /** The objects of a list. */
    List<JsonNode> items(String apiVersion, String kind, Optional<String> namespace)
            throws NotRead, InterruptedException {
        return items(apiVersion, kind, namespace, "");
    }

    /**
     * The objects of a list that have a field of this value.
     *
     * @param fieldSelector for example {@code spec.nodeName=gpu-1}; empty text for no selection
     */
    List<JsonNode> items(String apiVersion, String kind, Optional<String> namespace, String fieldSelector)
            throws NotRead, InterruptedException {
        String query = fieldSelector.isEmpty()
                ? ""
                : "?fieldSelector=" + URLEncoder.encode(fieldSelector, StandardCharsets.UTF_8);
        List<JsonNode> items = new ArrayList<>();
        Json.parse(read(paths.collection(apiVersion, kind, namespace) + query))
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
