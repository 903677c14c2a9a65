package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.QuotaUsage;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Keeps {@code status.hard} and {@code status.used} of every quota. */
final class QuotaController implements Controller {
    private final ObjectStore store;
    private final Registry registry;

    QuotaController(ObjectStore store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    @Override
    public void reconcile() {
        for (ObjectNode quota : store.list(ResourceKinds.RESOURCE_QUOTA, "")) {
            ObjectKey key = ObjectKey.of(ResourceKinds.RESOURCE_QUOTA, quota);
            registry.modify(key, Part.STATUS, WriteMode.COMMIT, q -> {
                ObjectNode status = q.withObjectProperty("status");
                ObjectNode hard = status.putObject("hard");
                ObjectNode used = status.putObject("used");
                q.at("/spec/hard").properties().forEach(limit -> {
                    hard.put(limit.getKey(), limit.getValue().asText());
                    QuotaUsage.total(limit.getKey(), store, key.namespace())
                            .ifPresent(total -> used.put(limit.getKey(), Long.toString(total)));
                });
                return q;
            });
        }
    }
}
