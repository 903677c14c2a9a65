package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Just enough of OpenAPI v3 for kubectl to leave validation to the server: per kind, a PATCH that takes
 * {@code fieldValidation}. Schemas are not served.
 */
final class OpenApi {
    private OpenApi() {}

    /** The document at {@code /openapi/v3[/...]}; empty where there is none. */
    static Optional<ObjectNode> document(List<String> path) {
        if (path.size() < 2 || !path.get(1).equals("v3")) {
            return Optional.empty();
        }
        return switch (path.size()) {
            case 2 -> Optional.of(index());
            case 4 -> Optional.of(kinds("", path.get(3)));
            case 5 -> Optional.of(kinds(path.get(3), path.get(4)));
            default -> Optional.empty();
        };
    }

    private static ObjectNode index() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode paths = document.putObject("paths");
        paths.putObject("api/v1").put("serverRelativeURL", "/openapi/v3/api/v1");
        Discovery.groupNames()
                .forEach(g ->
                        paths.putObject("apis/" + g + "/v1").put("serverRelativeURL", "/openapi/v3/apis/" + g + "/v1"));
        return document;
    }

    private static ObjectNode kinds(String group, String version) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes (simulated)").put("version", "v1.36.3+simulated");
        ObjectNode paths = document.putObject("paths");
        for (ResourceKind kind : ResourceKinds.all()) {
            if (kind.group().equals(group) && kind.version().equals(version)) {
                patch(paths.putObject(path(kind)).putObject("patch"), kind);
            }
        }
        return document;
    }

    private static void patch(ObjectNode patch, ResourceKind kind) {
        ObjectNode parameter = patch.putArray("parameters").addObject();
        parameter.put("name", "fieldValidation").put("in", "query");
        parameter.putObject("schema").put("type", "string");
        patch.putObject("responses").putObject("200").put("description", "OK");
        patch.putObject("x-kubernetes-group-version-kind")
                .put("group", kind.group())
                .put("version", kind.version())
                .put("kind", kind.kind());
    }

    private static String path(ResourceKind kind) {
        String root = kind.group().isEmpty() ? "/api/v1/" : "/apis/" + kind.apiVersion() + "/";
        return root + (kind.namespaced() ? "namespaces/{namespace}/" : "") + kind.plural() + "/{name}";
    }
}
