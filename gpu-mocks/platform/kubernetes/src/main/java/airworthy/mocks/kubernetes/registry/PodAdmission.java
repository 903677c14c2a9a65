package airworthy.mocks.kubernetes.registry;

import static airworthy.mocks.kubernetes.registry.Defaults.text;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What Kubernetes' admission adds to a pod by what else is in the cluster: its priority, its service account, and how long
 * it outlives its node. The token of the service account is not mounted: nothing here reads it.
 */
final class PodAdmission {
    private static final List<String> LOST_NODE =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    private static final int SECONDS_ON_A_LOST_NODE = 300;

    private final ObjectStore store;

    PodAdmission(ObjectStore store) {
        this.store = store;
    }

    void complete(ObjectKey key, ObjectNode spec) {
        text(spec, "serviceAccountName", "default");
        spec.set("serviceAccount", spec.path("serviceAccountName"));
        priority(key, spec);
        LOST_NODE.forEach(taint -> tolerate(spec, taint));
    }

    private void priority(ObjectKey key, ObjectNode spec) {
        String name = spec.path("priorityClassName").asText();
        Optional<ObjectNode> declared =
                name.isEmpty() ? Optional.empty() : store.find(new ObjectKey(ResourceKinds.PRIORITY_CLASS, "", name));
        if (!spec.has("priority")) {
            if (!name.isEmpty() && declared.isEmpty()) {
                throw ApiFailure.forbidden(key, "no PriorityClass with name " + name + " was found");
            }
            declared = declared.or(this::globalDefault);
            declared.ifPresent(found ->
                    spec.put("priorityClassName", found.at("/metadata/name").asText()));
            spec.put(
                    "priority",
                    declared.map(found -> found.path("value").asInt()).orElse(0));
        }
        text(
                spec,
                "preemptionPolicy",
                declared.map(found -> found.path("preemptionPolicy").asText()).orElse(Defaults.PREEMPTING));
    }

    private Optional<ObjectNode> globalDefault() {
        return store.list(ResourceKinds.PRIORITY_CLASS, "").stream()
                .filter(candidate -> candidate.path("globalDefault").asBoolean(false))
                .findFirst();
    }

    private static void tolerate(ObjectNode spec, String taint) {
        boolean declared = spec.path("tolerations").valueStream().anyMatch(t -> covers(t, taint));
        if (!declared) {
            spec.withArrayProperty("tolerations")
                    .addObject()
                    .put("key", taint)
                    .put("operator", "Exists")
                    .put("effect", "NoExecute")
                    .put("tolerationSeconds", SECONDS_ON_A_LOST_NODE);
        }
    }

    private static boolean covers(JsonNode toleration, String taint) {
        String key = toleration.path("key").asText();
        String effect = toleration.path("effect").asText();
        return (key.isEmpty() || key.equals(taint)) && (effect.isEmpty() || effect.equals("NoExecute"));
    }
}
