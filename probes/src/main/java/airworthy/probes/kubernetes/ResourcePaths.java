package airworthy.probes.kubernetes;

import airworthy.model.ObjectRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the objects of a kind are, by the server's own discovery; asked once for each group version. Thread-safe. */
final class ResourcePaths {
    private final ApiTransport transport;
    private final Map<String, Map<String, Resource>> known = new ConcurrentHashMap<>();

    ResourcePaths(ApiTransport transport) {
        this.transport = transport;
    }

    /** The path of one object. */
    String of(ObjectRef object) throws NotRead, InterruptedException {
        return collection(object.apiVersion(), object.kind(), object.namespace()) + "/" + encoded(object.name());
    }

    /** The path of a collection; without a namespace, of all namespaces. */
    String collection(String apiVersion, String kind, Optional<String> namespace) throws NotRead, InterruptedException {
        Resource resource = resources(apiVersion).get(kind);
        if (resource == null) {
            throw NotRead.absent("the API server knows no kind " + kind + " in " + apiVersion);
        }
        String space = namespace
                .filter(_ -> resource.namespaced())
                .map(name -> "/namespaces/" + encoded(name))
                .orElse("");
        return root(apiVersion) + space + "/" + resource.plural();
    }

    private Map<String, Resource> resources(String apiVersion) throws NotRead, InterruptedException {
        Map<String, Resource> cached = known.get(apiVersion);
        if (cached != null) {
            return cached;
        }
        return switch (transport.get(root(apiVersion))) {
            case ApiAnswer.Ok(String json, int _) -> remember(apiVersion, Json.parse(json));
            case ApiAnswer.Refused(int status, String _)
            when status == 404 -> throw NotRead.absent("the API server does not serve " + apiVersion);
            case ApiAnswer.Refused(int status, String message) ->
                throw NotRead.unreadable("discovery of " + apiVersion + ": " + status + ", " + message);
            case ApiAnswer.Failed(String why) -> throw NotRead.unreadable(why);
        };
    }

    private Map<String, Resource> remember(String apiVersion, JsonNode list) {
        Map<String, Resource> kinds = new HashMap<>();
        for (JsonNode resource : list.path("resources")) {
            String plural = resource.path("name").asText();
            boolean subresource = plural.contains("/");
            if (!subresource) {
                boolean namespaced = resource.path("namespaced").asBoolean();
                kinds.put(resource.path("kind").asText(), new Resource(plural, namespaced));
            }
        }
        Map<String, Resource> unmodifiable = Map.copyOf(kinds);
        known.put(apiVersion, unmodifiable);
        return unmodifiable;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String root(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }

    private record Resource(String plural, boolean namespaced) {}
}
