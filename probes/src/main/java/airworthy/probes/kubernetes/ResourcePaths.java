package airworthy.probes.kubernetes;

import airworthy.model.ObjectRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where the objects of a kind are, by the server's own discovery; asked once for each group version. Thread-safe. */
final class ResourcePaths {
    private final ApiTransport transport;
    private final Map<String, Group> known = new ConcurrentHashMap<>();

    ResourcePaths(ApiTransport transport) {
        this.transport = transport;
    }

    /** The path of one object. */
    String of(ObjectRef object) throws NotRead, InterruptedException {
        return collection(object.apiVersion(), object.kind(), object.namespace()) + "/" + encoded(object.name());
    }

    /** The path of a collection; without a namespace, of all namespaces. */
    String collection(String apiVersion, String kind, Optional<String> namespace) throws NotRead, InterruptedException {
        Resource resource = group(apiVersion).kinds().get(kind);
        if (resource == null) {
            throw NotRead.absent("the API server knows no kind " + kind + " in " + apiVersion);
        }
        String space = namespace
                .filter(_ -> resource.namespaced())
                .map(name -> "/namespaces/" + encoded(name))
                .orElse("");
        return root(apiVersion) + space + "/" + resource.plural();
    }

    /** Absent unless the server has this part of a kind's objects in this version, for example {@code pods/resize}. */
    void requireSubresource(String apiVersion, String name) throws NotRead, InterruptedException {
        if (!group(apiVersion).subresources().contains(name)) {
            throw NotRead.absent("the API server knows no " + name + " in " + apiVersion);
        }
    }

    private Group group(String apiVersion) throws NotRead, InterruptedException {
        Group cached = known.get(apiVersion);
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

    private Group remember(String apiVersion, JsonNode list) {
        Map<String, Resource> kinds = new HashMap<>();
        Set<String> subresources = new HashSet<>();
        for (JsonNode resource : list.path("resources")) {
            String plural = resource.path("name").asText();
            if (plural.contains("/")) {
                subresources.add(plural);
            } else {
                boolean namespaced = resource.path("namespaced").asBoolean();
                kinds.put(resource.path("kind").asText(), new Resource(plural, namespaced));
            }
        }
        Group group = new Group(kinds, subresources);
        known.put(apiVersion, group);
        return group;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String root(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }

    private record Resource(String plural, boolean namespaced) {}

    private record Group(Map<String, Resource> kinds, Set<String> subresources) {
        Group {
            kinds = Map.copyOf(kinds);
            subresources = Set.copyOf(subresources);
        }
    }
}
