package airworthy.probes.discovery;

import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a cluster as they stood when they were listed.
 *
 * @param lists every kind of {@link Listed}: its objects, or why there are none to be seen
 */
record ClusterObjects(Map<Listed, Reading<List<JsonNode>>> lists) {
    /** On everything that the harness itself makes. */
    private static final String RUN_LABEL = "airworthy/run";

    ClusterObjects {
        lists = Map.copyOf(lists);
    }

    /** Lists each kind once. */
    static ClusterObjects of(KubernetesConnection cluster) throws InterruptedException {
        ObjectMapper mapper = new JsonMapper();
        Map<Listed, Reading<List<JsonNode>>> lists = new EnumMap<>(Listed.class);
        for (Listed each : Listed.values()) {
            Reading<String> list = cluster.list(each.apiVersion(), each.kind(), Optional.empty(), "");
            lists.put(
                    each,
                    switch (list) {
                        case Reading.Present<String>(String json) -> items(mapper, each, json);
                        case Reading.Absent<String>(String how) -> new Reading.Absent<>(how);
                        case Reading.Unreadable<String>(String why) -> new Reading.Unreadable<>(why);
                    });
        }
        return new ClusterObjects(lists);
    }

    private static Reading<List<JsonNode>> items(ObjectMapper mapper, Listed kind, String json) {
        try {
            List<JsonNode> items = new ArrayList<>();
            for (JsonNode item : mapper.readTree(json).path("items")) {
                if (!item.at("/metadata/labels").has(RUN_LABEL)) {
                    items.add(item);
                }
            }
            return new Reading.Present<>(List.copyOf(items));
        } catch (JsonProcessingException e) {
            return new Reading.Unreadable<>("the list of " + kind.kind() + "s is no JSON: " + e.getOriginalMessage());
        }
    }

    /** The objects of a kind, or why there are none to be seen. */
    Reading<List<JsonNode>> reading(Listed kind) {
        return lists.getOrDefault(kind, new Reading.Unreadable<>(kind.kind() + "s were not listed"));
    }

    /** The objects of a kind; none where they are absent or unreadable. */
    List<JsonNode> all(Listed kind) {
        return reading(kind) instanceof Reading.Present<List<JsonNode>>(List<JsonNode> items) ? items : List.of();
    }

    /** Why a kind could not be read; empty if it could, or if the cluster does not know it. */
    Optional<String> unreadable(Listed kind) {
        return reading(kind) instanceof Reading.Unreadable<List<JsonNode>>(String why)
                ? Optional.of(why)
                : Optional.empty();
    }

    /** The pods of a namespace that have not ended. */
    List<JsonNode> podsIn(String namespace) {
        return all(Listed.PODS).stream()
                .filter(pod -> namespace(pod).equals(namespace))
                .filter(ClusterObjects::runs)
                .toList();
    }

    /** The pods that a Service selects; none where it selects nothing. */
    List<JsonNode> podsBehind(JsonNode service) {
        JsonNode selector = service.at("/spec/selector");
        return selector.isEmpty()
                ? List.of()
                : podsIn(namespace(service)).stream()
                        .filter(pod -> matches(selector, pod))
                        .toList();
    }

    /** Whether a pod carries all labels of a selector. */
    static boolean matches(JsonNode selector, JsonNode pod) {
        JsonNode labels = pod.at("/metadata/labels");
        return selector.properties().stream()
                .allMatch(label -> labels.path(label.getKey())
                        .asText()
                        .equals(label.getValue().asText()));
    }

    static boolean runs(JsonNode pod) {
        return !List.of("Succeeded", "Failed").contains(pod.at("/status/phase").asText());
    }

    static List<String> images(JsonNode pod) {
        List<String> images = new ArrayList<>();
        pod.at("/spec/containers")
                .forEach(container -> images.add(container.path("image").asText()));
        return images;
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    /** {@code namespace/name}. */
    static String told(JsonNode object) {
        return namespace(object) + "/" + name(object);
    }

    static String label(JsonNode object, String key) {
        return object.at("/metadata/labels").path(key).asText();
    }
}
