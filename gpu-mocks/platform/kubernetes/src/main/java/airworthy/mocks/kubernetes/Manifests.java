package airworthy.mocks.kubernetes;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The objects that a cluster starts with: the namespaces every cluster has, the manifests, and the devices. */
final class Manifests {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private Manifests() {}

    /** Applies them in order; a manifest that the API refuses is named in the exception. */
    static void apply(ClusterSettings settings, Registry registry, SlicePublisher slices) {
        List<ObjectNode> objects = new ArrayList<>();
        Set<String> declared = new LinkedHashSet<>();
        settings.manifests().stream()
                .map(o -> o.path("kind").asText() + "/" + o.at("/metadata/name").asText())
                .forEach(declared::add);
        for (String namespace : NAMESPACES) {
            if (!declared.contains("Namespace/" + namespace)) {
                objects.add(named("Namespace", namespace));
            }
        }
        for (Accelerators accelerators : settings.devices()) {
            if (declared.add("Node/" + accelerators.node())) {
                objects.add(named("Node", accelerators.node()));
            }
        }
        objects.addAll(settings.manifests());
        objects.forEach(object -> create(registry, object));
        settings.devices().forEach(slices::publish);
    }

    private static void create(Registry registry, ObjectNode object) {
        String what = object.path("kind").asText() + " '"
                + object.at("/metadata/name").asText() + "'";
        ResourceKind kind = ResourceKinds.byType(
                        object.path("apiVersion").asText(), object.path("kind").asText())
                .orElseThrow(() -> new IllegalArgumentException("manifest " + what + ": found apiVersion '"
                        + object.path("apiVersion").asText() + "', expected a kind that the simulated API serves"));
        String namespace = object.at("/metadata/namespace").asText("default");
        try {
            registry.create(kind, kind.namespaced() ? namespace : "", object, WriteMode.COMMIT);
        } catch (ApiFailure refused) {
            throw new IllegalArgumentException("manifest " + what + ": " + refused.text(), refused);
        }
    }

    private static ObjectNode named(String kind, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }
}
