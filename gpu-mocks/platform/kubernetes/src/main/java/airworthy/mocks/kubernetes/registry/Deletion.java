package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * How objects go: at once, or marked until their finalizers and, for a pod on a node, their grace period have ended.
 *
 * <p>Called with the store held by {@link Registry}.
 */
final class Deletion {
    /** The collector takes it away once nothing is left that the object owns. */
    static final String FOREGROUND = "foregroundDeletion";

    private static final long DEFAULT_GRACE_SECONDS = 30;

    private final ObjectStore store;
    private final InstantSource clock;

    Deletion(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    ObjectNode delete(ObjectKey key, DeleteOptions options, WriteMode mode) {
        ObjectNode current = store.find(key).orElseThrow(() -> ApiFailure.notFound(key));
        options.uid()
                .ifPresent(uid -> require(key, "UID", uid, current.at("/metadata/uid"), "deleted and then recreated"));
        options.resourceVersion()
                .ifPresent(
                        v -> require(key, "ResourceVersion", v, current.at("/metadata/resourceVersion"), "modified"));
        ObjectNode marked = marked(key, current, options);
        if (mode == WriteMode.DRY_RUN) {
            return marked;
        }
        if (options.dependents() == DeleteOptions.Dependents.ORPHANED) {
            orphanDependents(current);
        }
        if (key.kind().equals(ResourceKinds.NAMESPACE)) {
            deleteContents(key.name());
        }
        if (released(marked)) {
            store.remove(key);
            return marked;
        }
        return marked.equals(current) ? current : store.put(key, marked);
    }

    /** What goes at once goes without a mark, but for pods and namespaces. */
    private ObjectNode marked(ObjectKey key, ObjectNode current, DeleteOptions options) {
        ObjectNode marked = current.deepCopy();
        ObjectNode metadata = marked.withObjectProperty("metadata");
        if (key.kind().equals(ResourceKinds.NAMESPACE)) {
            metadata.put("deletionTimestamp", after(0));
            marked.withObjectProperty("status").put("phase", "Terminating");
            return marked;
        }
        if (options.dependents() == DeleteOptions.Dependents.BEFORE_IT) {
            holdForDependents(metadata);
        }
        boolean graceful = key.kind().equals(ResourceKinds.POD);
        if (!graceful && metadata.path("finalizers").isEmpty()) {
            return marked;
        }
        long grace = grace(key, current, options);
        if (!metadata.has("deletionTimestamp")) {
            metadata.put("deletionTimestamp", after(grace));
            metadata.put("deletionGracePeriodSeconds", grace);
        } else if (grace < metadata.path("deletionGracePeriodSeconds").asLong()) {
            metadata.put("deletionGracePeriodSeconds", grace);
        }
        return marked;
    }

    private static void holdForDependents(ObjectNode metadata) {
        ArrayNode finalizers = metadata.withArrayProperty("finalizers");
        if (finalizers.valueStream().noneMatch(f -> f.asText().equals(FOREGROUND))) {
            finalizers.add(FOREGROUND);
        }
    }

    private String after(long seconds) {
        return clock.instant()
                .plusSeconds(seconds)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    /** Removes an object that was marked deleted and that nobody holds any more. */
    void finishIfReleased(ObjectKey key, ObjectNode object) {
        if (object.path("metadata").has("deletionTimestamp") && released(object)) {
            store.remove(key);
        }
    }

    private static boolean released(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.path("finalizers").isEmpty()
                && metadata.path("deletionGracePeriodSeconds").asLong() == 0;
    }

    /** Only a pod that a node runs has something to end gracefully. */
    private static long grace(ObjectKey key, ObjectNode object, DeleteOptions options) {
        boolean running = key.kind().equals(ResourceKinds.POD)
                && !object.at("/spec/nodeName").asText().isEmpty();
        if (!running) {
            return 0;
        }
        long declared = object.at("/spec/terminationGracePeriodSeconds").asLong(DEFAULT_GRACE_SECONDS);
        return options.gracePeriod().orElse(declared);
    }

    private void deleteContents(String namespace) {
        for (ResourceKind kind : ResourceKinds.all()) {
            if (kind.namespaced()) {
                for (ObjectNode object : store.list(kind, namespace)) {
                    store.remove(ObjectKey.of(kind, object));
                }
            }
        }
    }

    private void orphanDependents(ObjectNode owner) {
        String uid = owner.at("/metadata/uid").asText();
        for (ResourceKind kind : ResourceKinds.all()) {
            for (ObjectNode object : store.list(kind, "")) {
                ObjectNode metadata = object.withObjectProperty("metadata");
                ArrayNode others = metadata.arrayNode();
                for (JsonNode reference : metadata.path("ownerReferences")) {
                    if (!reference.path("uid").asText().equals(uid)) {
                        others.add(reference);
                    }
                }
                if (others.size() < metadata.path("ownerReferences").size()) {
                    metadata.set("ownerReferences", others);
                    store.put(ObjectKey.of(kind, object), object);
                }
            }
        }
    }

    private static void require(ObjectKey key, String what, String wanted, JsonNode found, String suspicion) {
        if (!wanted.equals(found.asText())) {
            throw ApiFailure.preconditionFailed(
                    key,
                    "the " + what + " in the precondition (" + wanted + ") does not match the " + what + " in record ("
                            + found.asText() + "). The object might have been " + suspicion);
        }
    }
}
