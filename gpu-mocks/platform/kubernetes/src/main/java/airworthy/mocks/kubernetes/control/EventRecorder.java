package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Writes events; the same message about the same object is one event with a count. Thread-safe. */
final class EventRecorder {
    /** Repetitions within this time are the same attempt, seen again by another pass. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final Registry registry;
    private final Names names;
    private final InstantSource clock;

    EventRecorder(ObjectStore store, Registry registry, Names names, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.names = names;
        this.clock = clock;
    }

    void normal(String component, JsonNode about, String reason, String message) {
        record("Normal", component, about, reason, message);
    }

    void warning(String component, JsonNode about, String reason, String message) {
        record("Warning", component, about, reason, message);
    }

    private void record(String type, String component, JsonNode about, String reason, String message) {
        JsonNode metadata = about.path("metadata");
        String namespace = metadata.path("namespace").asText("default");
        String identity = metadata.path("uid").asText() + reason + message;
        ObjectKey key = new ObjectKey(
                ResourceKinds.EVENT, namespace, metadata.path("name").asText() + "." + names.hash(identity, 12));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        try {
            Optional<ObjectNode> earlier = store.find(key);
            if (earlier.isEmpty()) {
                registry.create(
                        ResourceKinds.EVENT,
                        namespace,
                        event(key, type, component, about, reason, message, now),
                        WriteMode.COMMIT);
            } else if (Instant.parse(earlier.get().path("lastTimestamp").asText())
                    .plus(QUIET)
                    .isBefore(now)) {
                registry.modify(
                        key,
                        Part.MAIN,
                        WriteMode.COMMIT,
                        e -> e.put("count", e.path("count").asInt() + 1).put("lastTimestamp", now.toString()));
            }
        } catch (ApiFailure gone) {
            if (gone.code() != 404) {
                throw gone;
            }
            // The namespace was deleted, and with it everybody who could read the event.
        }
    }

    private static ObjectNode event(
            ObjectKey key, String type, String component, JsonNode about, String reason, String message, Instant now) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putObject("metadata").put("name", key.name()).put("namespace", key.namespace());
        JsonNode metadata = about.path("metadata");
        ObjectNode involved = event.putObject("involvedObject");
        involved.put("apiVersion", about.path("apiVersion").asText())
                .put("kind", about.path("kind").asText());
        for (String field : new String[] {"namespace", "name", "uid", "resourceVersion"}) {
            if (metadata.has(field)) {
                involved.set(field, metadata.path(field));
            }
        }
        event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
        event.put("firstTimestamp", now.toString()).put("lastTimestamp", now.toString());
        event.put("reportingComponent", component).put("reportingInstance", "");
        event.putObject("source").put("component", component);
        return event;
    }
}
