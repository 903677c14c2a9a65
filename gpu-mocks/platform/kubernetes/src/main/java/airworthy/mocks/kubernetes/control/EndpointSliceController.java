package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.LabelSelector;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Services with a selector to one EndpointSlice each; a named port is resolved by the first pod that has it. */
final class EndpointSliceController implements Controller {
    private final ObjectStore store;
    private final Registry registry;
    private final Names names;

    EndpointSliceController(ObjectStore store, Registry registry, Names names) {
        this.store = store;
        this.registry = registry;
        this.names = names;
    }

    @Override
    public void reconcile() {
        for (ObjectNode service : store.list(ResourceKinds.SERVICE, "")) {
            if (!service.at("/spec/selector").isEmpty() && !Owners.deleting(service)) {
                reconcile(service);
            }
        }
    }

    private void reconcile(ObjectNode service) {
        String namespace = service.at("/metadata/namespace").asText();
        List<ObjectNode> pods = store.list(ResourceKinds.POD, namespace).stream()
                .filter(p -> LabelSelector.matchesMap(service.at("/spec/selector"), p.at("/metadata/labels")))
                .filter(p -> !p.at("/status/podIP").asText().isEmpty())
                .toList();
        String base = service.at("/metadata/name").asText() + "-";
        ObjectKey key = new ObjectKey(
                ResourceKinds.ENDPOINT_SLICE,
                namespace,
                base + names.suffix(service.at("/metadata/uid").asText()));
        if (store.find(key).isEmpty()) {
            registry.create(ResourceKinds.ENDPOINT_SLICE, namespace, slice(service, key), WriteMode.COMMIT);
        }
        registry.modify(key, Part.MAIN, WriteMode.COMMIT, slice -> {
            slice.set("endpoints", endpoints(pods));
            slice.set("ports", ports(service, pods));
            return slice;
        });
    }

    private static ObjectNode slice(ObjectNode service, ObjectKey key) {
        ObjectNode slice = JsonNodeFactory.instance.objectNode();
        slice.put("addressType", "IPv4");
        ObjectNode metadata =
                slice.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
        metadata.putObject("labels")
                .put("kubernetes.io/service-name", service.at("/metadata/name").asText())
                .put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        Owners.adopt(service, slice);
        return slice;
    }

    private static ArrayNode endpoints(List<ObjectNode> pods) {
        ArrayNode endpoints = JsonNodeFactory.instance.arrayNode();
        for (ObjectNode pod : pods) {
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(pod.at("/status/podIP").asText());
            boolean serving = Conditions.isTrue(pod, "Ready");
            boolean terminating = Owners.deleting(pod);
            endpoint.putObject("conditions")
                    .put("ready", serving && !terminating)
                    .put("serving", serving)
                    .put("terminating", terminating);
            endpoint.put("nodeName", pod.at("/spec/nodeName").asText());
            endpoint.putObject("targetRef")
                    .put("kind", "Pod")
                    .put("namespace", pod.at("/metadata/namespace").asText())
                    .put("name", pod.at("/metadata/name").asText())
                    .put("uid", pod.at("/metadata/uid").asText());
        }
        return endpoints;
    }

    private static ArrayNode ports(ObjectNode service, List<ObjectNode> pods) {
        ArrayNode ports = JsonNodeFactory.instance.arrayNode();
        for (JsonNode declared : service.at("/spec/ports")) {
            JsonNode target = declared.path("targetPort");
            int number = target.isNumber() ? target.asInt() : named(target.asText(), pods);
            if (number > 0) {
                ports.addObject()
                        .put("name", declared.path("name").asText())
                        .put("port", number)
                        .put("protocol", declared.path("protocol").asText("TCP"));
            }
        }
        return ports;
    }

    private static int named(String name, List<ObjectNode> pods) {
        return pods.stream()
                .flatMap(p -> p.at("/spec/containers").valueStream())
                .flatMap(c -> c.path("ports").valueStream())
                .filter(p -> p.path("name").asText().equals(name))
                .mapToInt(p -> p.path("containerPort").asInt())
                .findFirst()
                .orElse(0);
    }
}
