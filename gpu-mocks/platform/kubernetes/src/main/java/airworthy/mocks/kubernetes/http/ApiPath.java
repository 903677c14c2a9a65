package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.access.Deed;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKind.Subresource;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A resource path taken apart. The namespace is empty for "every namespace" and for kinds of cluster scope.
 *
 * @param behind what follows a proxy's own path: the path asked of the pod
 */
record ApiPath(
        ResourceKind kind,
        String namespace,
        Optional<String> name,
        Optional<Subresource> subresource,
        List<String> behind) {
    private static final int WITH_SUBRESOURCE = 3;

    /** Reads {@code /api/v1/...} or {@code /apis/<group>/<version>/...}; empty where nothing is served there. */
    static Optional<ApiPath> parse(List<String> segments) {
        boolean core = segments.getFirst().equals("api");
        int head = core ? 2 : 3;
        if (segments.size() <= head) {
            return Optional.empty();
        }
        String group = core ? "" : segments.get(1);
        String version = segments.get(head - 1);
        List<String> rest = segments.subList(head, segments.size());
        String namespace = "";
        if (rest.size() >= 3
                && rest.getFirst().equals("namespaces")
                && ResourceKinds.byPath(group, version, rest.get(2)).isPresent()) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        return resource(group, version, namespace, rest);
    }

    private static Optional<ApiPath> resource(String group, String version, String namespace, List<String> rest) {
        Optional<ResourceKind> kind = ResourceKinds.byPath(group, version, rest.getFirst());
        Optional<String> name = rest.size() > 1 ? Optional.of(rest.get(1)) : Optional.empty();
        if (kind.isEmpty() || (!namespace.isEmpty() && !kind.get().namespaced())) {
            return Optional.empty();
        }
        if (name.isPresent() && kind.get().namespaced() && namespace.isEmpty()) {
            return Optional.empty();
        }
        if (rest.size() < WITH_SUBRESOURCE) {
            return Optional.of(new ApiPath(kind.get(), namespace, name, Optional.empty(), List.of()));
        }
        List<String> behind = rest.subList(WITH_SUBRESOURCE, rest.size());
        return Arrays.stream(Subresource.values())
                .filter(s -> s.segment().equals(rest.get(2)) && kind.get().has(s))
                .filter(s -> behind.isEmpty() || s == Subresource.PROXY)
                .findFirst()
                .map(s -> new ApiPath(kind.get(), namespace, name, Optional.of(s), behind));
    }

    /** What a request to this path does, in the terms of roles. */
    Deed deed(Request request) {
        String resource =
                kind.plural() + subresource.map(part -> "/" + part.segment()).orElse("");
        // a proxy's path names the port behind the pod
        String object = subresource.filter(part -> part == Subresource.PROXY).isPresent()
                ? key().name().split(":", 2)[0]
                : name.orElse("");
        return new Deed(verb(request), resource, new ObjectKey(kind, namespace, object));
    }

    private String verb(Request request) {
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isPresent() ? "delete" : "deletecollection";
            default -> name.isPresent() ? "get" : request.flag("watch") ? "watch" : "list";
        };
    }

    /** The object addressed; only for paths with a name. */
    ObjectKey key() {
        return new ObjectKey(kind, namespace, name.orElseThrow());
    }
}
