package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.DeleteOptions;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Deletes objects whose owners are all gone. */
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
                }
            }
        }
    }

    private static String uid(JsonNode holder) {
        return holder.path("uid").asText();
    }
}
