package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKind.Subresource;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What the API says about itself: version, groups and resources, all from the table of kinds. */
final class Discovery {
    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final String VERSION = "v1";

    private Discovery() {}

    static ObjectNode version() {
        ObjectNode version = JsonNodeFactory.instance.objectNode();
        version.put("major", "1").put("minor", "36").put("gitVersion", "v1.36.3+simulated");
        version.put("gitCommit", "").put("gitTreeState", "clean").put("buildDate", "2026-11-21T00:00:00Z");
        version.put("goVersion", "").put("compiler", "javac").put("platform", "simulated/any");
        return version;
    }

    /** The document at a discovery path; empty where the path is not one. */
    static Optional<ObjectNode> document(List<String> path) {
        boolean core = path.getFirst().equals("api");
        return switch (path.size()) {
            case 1 -> Optional.of(core ? versions() : groups());
            case 2 -> core ? resources("", path.get(1)) : group(path.get(1));
            case 3 -> core ? Optional.empty() : resources(path.get(1), path.get(2));
            default -> Optional.empty();
        };
    }

    /** Whether a path lies in a group that is served, in whatever version. */
    static boolean served(List<String> path) {
        return path.getFirst().equals("api") || groupNames().contains(path.get(1));
    }

    /** The named groups, in the order of the table. */
    static List<String> groupNames() {
        return ResourceKinds.all().stream()
                .map(ResourceKind::group)
                .filter(g -> !g.isEmpty())
                .distinct()
                .toList();
    }

    private static ObjectNode versions() {
        ObjectNode document = typed("APIVersions");
        document.putArray("versions").add(VERSION);
        document.putArray("serverAddressByClientCIDRs");
        return document;
    }

    private static ObjectNode groups() {
        ObjectNode document = typed("APIGroupList");
        document.put("apiVersion", "v1");
        ArrayNode groups = document.putArray("groups");
        groupNames().forEach(g -> group(groups.addObject(), g));
        return document;
    }

    private static Optional<ObjectNode> group(String name) {
        if (!groupNames().contains(name)) {
            return Optional.empty();
        }
        ObjectNode document = typed("APIGroup");
        document.put("apiVersion", "v1");
        group(document, name);
        return Optional.of(document);
    }

    private static void group(ObjectNode group, String name) {
        group.put("name", name);
        version(group.putArray("versions").addObject(), name);
        version(group.putObject("preferredVersion"), name);
    }

    private static void version(ObjectNode entry, String group) {
        entry.put("groupVersion", group + "/" + VERSION).put("version", VERSION);
    }

    private static Optional<ObjectNode> resources(String group, String version) {
        List<ResourceKind> kinds = ResourceKinds.all().stream()
                .filter(k -> k.group().equals(group) && k.version().equals(version))
                .toList();
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode document = typed("APIResourceList");
        document.put("apiVersion", "v1").put("groupVersion", kinds.getFirst().apiVersion());
        ArrayNode resources = document.putArray("resources");
        kinds.forEach(k -> describe(resources, k));
        return Optional.of(document);
    }

    private static void describe(ArrayNode resources, ResourceKind kind) {
        ObjectNode resource = resource(resources, kind, kind.plural(), kind.kind(), VERBS);
        ArrayNode shortNames = resource.putArray("shortNames");
        kind.shortNames().forEach(shortNames::add);
        for (Subresource part : Subresource.values()) {
            if (kind.has(part)) {
                String path = kind.plural() + "/" + part.segment();
                switch (part) {
                    case LOG -> resource(resources, kind, path, kind.kind(), List.of("get"));
                    case PROXY ->
                        resource(
                                resources,
                                kind,
                                path,
                                kind.kind() + "ProxyOptions",
                                List.of("create", "delete", "get", "patch", "update"));
                    case STATUS -> resource(resources, kind, path, kind.kind(), List.of("get", "patch", "update"));
                    case TOKEN ->
                        resource(resources, kind, path, "TokenRequest", List.of("create"))
                                .put("group", "authentication.k8s.io")
                                .put("version", VERSION);
                    case EVICTION ->
                        resource(resources, kind, path, "Eviction", List.of("create"))
                                .put("group", "policy")
                                .put("version", VERSION);
                    case SCALE ->
                        resource(resources, kind, path, "Scale", List.of("get", "patch", "update"))
                                .put("group", "autoscaling")
                                .put("version", VERSION);
                }
            }
        }
    }

    private static ObjectNode resource(
            ArrayNode resources, ResourceKind kind, String name, String type, List<String> verbs) {
        ObjectNode resource = resources.addObject();
        resource.put("name", name).put("singularName", kind.singular()).put("namespaced", kind.namespaced());
        resource.put("kind", type);
        ArrayNode array = resource.putArray("verbs");
        verbs.forEach(array::add);
        return resource;
    }

    private static ObjectNode typed(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }
}
