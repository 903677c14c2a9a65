package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.DeleteOptions;
import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Deletes objects whose owners are all gone, and those whose owner waits for them to go first. */
final class OwnerCollector implements Controller {
    private final ObjectStore store;
    private final Registry registry;
    private final List<ResourceKind> kinds = ResourceKinds.all().stream()
            .filter(k -> !k.equals(ResourceKinds.EVENT))
            .toList();

    OwnerCollector(ObjectStore store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    @Override
    public void reconcile() {
        Set<String> alive = new HashSet<>();
        kinds.forEach(k -> store.list(k, "").forEach(o -> alive.add(uid(o.path("metadata")))));
        for (ResourceKind kind : kinds) {
            for (ObjectNode object : store.list(kind, "")) {
                JsonNode owners = object.at("/metadata/ownerReferences");
                boolean orphaned = !owners.isEmpty() && owners.valueStream().noneMatch(o -> alive.contains(uid(o)));
                if (orphaned && !Owners.deleting(object)) {
                    registry.delete(ObjectKey.of(kind, object), DeleteOptions.PLAIN, WriteMode.COMMIT);
                } else if (Owners.deleting(object) && waitsForDependents(object)) {
                    deleteDependents(kind, object);
                }
            }
        }
    }

    private void deleteDependents(ResourceKind kind, ObjectNode owner) {
        boolean left = false;
        for (ResourceKind each : kinds) {
            for (ObjectNode object : store.list(each, "")) {
                if (ownedBy(object, uid(owner.path("metadata")))) {
                    left = true;
                    if (!Owners.deleting(object)) {
                        registry.delete(ObjectKey.of(each, object), options(object), WriteMode.COMMIT);
                    }
                }
            }
        }
        if (!left) {
            registry.modify(ObjectKey.of(kind, owner), Part.MAIN, WriteMode.COMMIT, o -> {
                ArrayNode others = o.arrayNode();
                o.at("/metadata/finalizers")
                        .valueStream()
                        .filter(f -> !f.asText().equals(Registry.FOREGROUND))
                        .forEach(others::add);
                o.withObjectProperty("metadata").set("finalizers", others);
                return o;
            });
        }
    }

    /** What owns something itself waits for that in turn. */
    private DeleteOptions options(ObjectNode object) {
        boolean owns = kinds.stream()
                .flatMap(k -> store.list(k, "").stream())
                .anyMatch(o -> ownedBy(o, uid(object.path("metadata"))));
        return owns && !object.path("kind").asText().equals("Pod")
                ? DeleteOptions.DEPENDENTS_FIRST
                : DeleteOptions.PLAIN;
    }

    private static boolean waitsForDependents(ObjectNode object) {
        return object.at("/metadata/finalizers")
                .valueStream()
                .anyMatch(f -> f.asText().equals(Registry.FOREGROUND));
    }

    private static boolean ownedBy(ObjectNode object, String owner) {
        return object.at("/metadata/ownerReferences").valueStream().anyMatch(o -> uid(o).equals(owner));
    }

    private static String uid(JsonNode holder) {
        return holder.path("uid").asText();
    }
}
