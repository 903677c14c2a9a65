package airworthy.probes.kubernetes;

import airworthy.model.ObjectRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Objects by name and their controllers, each read once: one look at a cluster. For one thread. */
final class ObjectTree {
    /** Deeper than any chain of controllers that people build. */
    private static final int DEPTH = 8;

    private final KubernetesConnection cluster;
    private final Map<ObjectRef, Optional<JsonNode>> seen = new HashMap<>();

    ObjectTree(KubernetesConnection cluster) {
        this.cluster = cluster;
    }

    /** Empty if there is no such object. */
    Optional<JsonNode> find(ObjectRef ref) throws NotRead, InterruptedException {
        Optional<JsonNode> known = seen.get(ref);
        if (known == null) {
            known = look(ref);
            seen.put(ref, known);
        }
        return known;
    }

    private Optional<JsonNode> look(ObjectRef ref) throws NotRead, InterruptedException {
        try {
            return Optional.of(cluster.object(ref));
        } catch (NotRead e) {
            if (!e.absent()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The topmost controller of an object, which is the object itself where nothing controls it. */
    Top top(ObjectRef ref, JsonNode object) throws NotRead, InterruptedException {
        ObjectRef at = ref;
        JsonNode found = object;
        for (int level = 0; level < DEPTH; level++) {
            Optional<ObjectRef> owner = controller(at, found);
            if (owner.isEmpty()) {
                return new Top(at, Optional.of(found));
            }
            Optional<JsonNode> next = find(owner.get());
            if (next.isEmpty()) {
                return new Top(owner.get(), Optional.empty());
            }
            at = owner.get();
            found = next.get();
        }
        return new Top(at, Optional.of(found));
    }

    private static Optional<ObjectRef> controller(ObjectRef ref, JsonNode object) {
        for (JsonNode owner : object.at("/metadata/ownerReferences")) {
            // Nodes own static pods; no team does by that.
            if (owner.path("controller").asBoolean()
                    && !owner.path("kind").asText().equals("Node")) {
                return Optional.of(new ObjectRef(
                        owner.path("apiVersion").asText(),
                        owner.path("kind").asText(),
                        ref.namespace(),
                        owner.path("name").asText()));
            }
        }
        return Optional.empty();
    }

    /**
     * The top of a chain of controllers.
     *
     * @param ref its name
     * @param object the controller, or empty if it is referred to but not there
     */
    record Top(ObjectRef ref, Optional<JsonNode> object) {}
}
