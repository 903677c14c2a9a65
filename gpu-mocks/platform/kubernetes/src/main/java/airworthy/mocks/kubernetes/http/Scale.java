package airworthy.mocks.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** The {@code scale} view of an object with replicas. */
final class Scale {
    private Scale() {}

    static ObjectNode of(ObjectNode owner) {
        ObjectNode scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.set(field, owner.path("metadata").path(field));
        }
        scale.putObject("spec").put("replicas", owner.at("/spec/replicas").asInt());
        ObjectNode status = scale.putObject("status");
        status.put("replicas", owner.at("/status/replicas").asInt());
        status.put(
                "selector",
                owner.at("/spec/selector/matchLabels").properties().stream()
                        .map(e -> e.getKey() + "=" + e.getValue().asText())
                        .collect(Collectors.joining(",")));
        return scale;
    }

    /** The owner with the replicas, and the resource version, that the scale asks for. */
    static ObjectNode apply(ObjectNode scale, ObjectNode owner) {
        owner.withObjectProperty("spec")
                .put("replicas", scale.at("/spec/replicas").asInt());
        JsonNode version = scale.at("/metadata/resourceVersion");
        if (version.isTextual()) {
            owner.withObjectProperty("metadata").put("resourceVersion", version.asText());
        }
        return owner;
    }
}
