package airworthy.mocks.kubernetes;

import airworthy.mocks.devices.Holder;
import airworthy.mocks.kubernetes.control.Conditions;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the other parts of a platform read from the cluster. */
final class ClusterView {
    private final ObjectStore store;

    ClusterView(ObjectStore store) {
        this.store = store;
    }

    List<PodView> pods() {
        return store.list(ResourceKinds.POD, "").stream()
                .filter(p -> !p.at("/status/podIP").asText().isEmpty())
                .map(ClusterView::pod)
                .toList();
    }

    List<ReadyEndpoint> readyEndpoints(String namespace, String service) {
        List<ReadyEndpoint> ready = new ArrayList<>();
        for (ObjectNode slice : store.list(ResourceKinds.ENDPOINT_SLICE, namespace)) {
            String owner = slice.path("metadata")
                    .path("labels")
                    .path("kubernetes.io/service-name")
                    .asText();
            if (owner.equals(service)) {
                slice.path("endpoints").forEach(e -> collect(namespace, slice, e, ready));
            }
        }
        return ready;
    }

    /** Only a pod that runs on the node uses what is on it. */
    Optional<Holder> holder(String node, String device) {
        for (ObjectNode claim : store.list(ResourceKinds.RESOURCE_CLAIM, "")) {
            boolean holds = claim.at("/status/allocation/devices/results")
                    .valueStream()
                    .anyMatch(r -> r.path("pool").asText().equals(node)
                            && r.path("device").asText().equals(device));
            if (holds) {
                return claim.at("/status/reservedFor")
                        .valueStream()
                        .map(r -> new ObjectKey(
                                ResourceKinds.POD,
                                claim.at("/metadata/namespace").asText(),
                                r.path("name").asText()))
                        .flatMap(pod -> store.find(pod).stream())
                        .filter(pod -> pod.at("/spec/nodeName").asText().equals(node))
                        .map(pod -> holder(pod, claim))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private static Holder holder(ObjectNode pod, ObjectNode claim) {
        return new Holder(
                pod.at("/metadata/namespace").asText(),
                pod.at("/metadata/name").asText(),
                pod.at("/spec/containers/0/name").asText(),
                claim.at("/metadata/name").asText(),
                strings(pod.at("/metadata/labels")));
    }

    private static void collect(String namespace, JsonNode slice, JsonNode endpoint, List<ReadyEndpoint> ready) {
        // Absent means ready, as the API defines it.
        if (!endpoint.at("/conditions/ready").asBoolean(true)) {
            return;
        }
        String name = endpoint.at("/targetRef/name").asText();
        Optional<String> pod = name.isEmpty() ? Optional.empty() : Optional.of(name);
        for (JsonNode address : endpoint.path("addresses")) {
            for (JsonNode port : slice.path("ports")) {
                ready.add(new ReadyEndpoint(
                        pod, namespace, address.asText(), port.path("port").asInt()));
            }
        }
    }

    private static PodView pod(ObjectNode pod) {
        return new PodView(
                pod.at("/metadata/namespace").asText(),
                pod.at("/metadata/name").asText(),
                pod.at("/spec/nodeName").asText(),
                pod.at("/status/podIP").asText(),
                Conditions.isTrue(pod, "Ready"),
                strings(pod.at("/metadata/labels")),
                strings(pod.at("/metadata/annotations")),
                pod.at("/spec/containers")
                        .valueStream()
                        .flatMap(c -> c.path("ports").valueStream())
                        .map(p -> p.path("containerPort").asInt())
                        .toList());
    }

    private static Map<String, String> strings(JsonNode map) {
        Map<String, String> strings = new LinkedHashMap<>();
        map.properties().forEach(e -> strings.put(e.getKey(), e.getValue().asText()));
        return strings;
    }
}
