package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Refuses an object that would take its namespace above a quota, in Kubernetes' words. */
final class QuotaAdmission {
    private final ObjectStore store;

    QuotaAdmission(ObjectStore store) {
        this.store = store;
    }

    /** Called with the store held, so that two creates cannot both take the last unit. */
    void admit(ObjectKey key, ObjectNode object) {
        if (!key.kind().namespaced()) {
            return;
        }
        for (ObjectNode quota : store.list(ResourceKinds.RESOURCE_QUOTA, key.namespace())) {
            admit(key, object, quota);
        }
    }

    private void admit(ObjectKey key, ObjectNode object, ObjectNode quota) {
        List<String> requested = new ArrayList<>();
        List<String> used = new ArrayList<>();
        List<String> limited = new ArrayList<>();
        Map<String, JsonNode> limits = new TreeMap<>();
        quota.at("/spec/hard").properties().forEach(e -> limits.put(e.getKey(), e.getValue()));
        limits.forEach((resource, limit) -> {
            long delta = QuotaUsage.of(resource, key.kind(), object);
            long taken = QuotaUsage.total(resource, store, key.namespace()).orElse(0L);
            if (delta > 0 && taken + delta > limit.asLong()) {
                requested.add(resource + "=" + delta);
                used.add(resource + "=" + taken);
                limited.add(resource + "=" + limit.asText());
            }
        });
        if (!requested.isEmpty()) {
            throw ApiFailure.forbidden(
                    key,
                    "exceeded quota: " + quota.at("/metadata/name").asText() + ", requested: "
                            + String.join(",", requested) + ", used: " + String.join(",", used) + ", limited: "
                            + String.join(",", limited));
        }
    }
}
