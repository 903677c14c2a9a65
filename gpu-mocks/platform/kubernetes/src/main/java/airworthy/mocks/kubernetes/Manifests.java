package airworthy.mocks.kubernetes;

import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The objects that a cluster starts with: the namespaces every cluster has, the manifests, and the devices. */
final class Manifests {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private Manifests() {}

    /** Applies them in order; a manifest that the API refuses is named in the exception. */
    static void apply(ClusterSettings settings, Registry registry, Names names) {
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
        for (DeviceInventory inventory : settings.devices()) {
            if (declared.add("Node/" + inventory.node())) {
                objects.add(named("Node", inventory.node()));
            }
        }
        objects.addAll(settings.manifests());
        Map<String, ObjectNode> nodes = new HashMap<>();
        for (ObjectNode object : objects) {
            ObjectNode created = create(registry, object);
            if (created.path("kind").asText().equals("Node")) {
                nodes.put(created.at("/metadata/name").asText(), created);
            }
        }
        for (DeviceInventory inventory : settings.devices()) {
            ObjectNode node = Objects.requireNonNull(nodes.get(inventory.node()), "every inventory has its node above");
            create(registry, DeviceSlices.of(inventory, node, names));
        }
    }

    private static ObjectNode create(Registry registry, ObjectNode object) {
        String what = object.path("kind").asText() + " '"
                + object.at("/metadata/name").asText() + "'";
        ResourceKind kind = ResourceKinds.byType(
                        object.path("apiVersion").asText(), object.path("kind").asText())
                .orElseThrow(() -> new IllegalArgumentException("manifest " + what + ": found apiVersion '"
                        + object.path("apiVersion").asText() + "', expected a kind that the simulated API serves"));
        String namespace = object.at("/metadata/namespace").asText("default");
        try {
            return registry.create(kind, kind.namespaced() ? namespace : "", object, WriteMode.COMMIT);
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
