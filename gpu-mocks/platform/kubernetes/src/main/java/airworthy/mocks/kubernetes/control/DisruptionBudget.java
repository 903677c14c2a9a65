package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.store.LabelSelector;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A PodDisruptionBudget against the pods that there are now.
 *
 * @param expected how many pods there should be
 * @param desired how many of them must be healthy
 * @param healthy how many are
 * @param unhealthyMayGo whether pods that are not ready are always allowed to go
 */
record DisruptionBudget(int expected, int desired, int healthy, boolean unhealthyMayGo) {

    static DisruptionBudget of(JsonNode declared, ObjectStore store) {
        String namespace = declared.at("/metadata/namespace").asText();
        List<ObjectNode> pods = store.list(ResourceKinds.POD, namespace).stream()
                .filter(pod -> covers(declared, pod))
                .toList();
        JsonNode spec = declared.path("spec");
        JsonNode least = spec.path("minAvailable");
        JsonNode most = spec.path("maxUnavailable");
        boolean counted = most.isMissingNode() && !least.isTextual();
        int expected = counted ? pods.size() : scale(pods, namespace, store);
        int desired = most.isMissingNode() ? of(expected, least) : Math.max(0, expected - of(expected, most));
        int healthy = (int) pods.stream()
                .filter(pod -> !Owners.deleting(pod) && Conditions.isTrue(pod, "Ready"))
                .count();
        return new DisruptionBudget(
                expected,
                desired,
                healthy,
                spec.path("unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow"));
    }

    static boolean covers(JsonNode declared, JsonNode pod) {
        JsonNode selector = declared.at("/spec/selector");
        return selector.isObject() && LabelSelector.matches(selector, pod.at("/metadata/labels"));
    }

    int allowed() {
        return expected == 0 ? 0 : Math.max(0, healthy - desired);
    }

    /** A pod that is not ready takes nothing away from a budget that is met. */
    boolean allows(JsonNode pod) {
        boolean ready = Conditions.isTrue(pod, "Ready");
        boolean met = healthy >= desired && desired > 0;
        return allowed() > 0 || (!ready && (unhealthyMayGo || met));
    }

    /** What the pods' controllers ask for; pods without a controller are not counted. */
    private static int scale(List<ObjectNode> pods, String namespace, ObjectStore store) {
        return store.list(ResourceKinds.REPLICA_SET, namespace).stream()
                .filter(set -> pods.stream().anyMatch(pod -> Owners.controls(set, pod)))
                .map(set -> controller(ResourceKinds.DEPLOYMENT, set, store).orElse(set))
                .distinct()
                .mapToInt(owner -> owner.at("/spec/replicas").asInt())
                .sum();
    }

    private static Optional<ObjectNode> controller(ResourceKind kind, ObjectNode owned, ObjectStore store) {
        return store.list(kind, owned.at("/metadata/namespace").asText()).stream()
                .filter(owner -> Owners.controls(owner, owned))
                .findFirst();
    }

    /** A number, or a share rounded up. */
    private static int of(int all, JsonNode declared) {
        String text = declared.asText();
        if (!text.endsWith("%")) {
            return declared.asInt();
        }
        return (int) Math.ceil(Integer.parseInt(text.substring(0, text.length() - 1)) * all / 100.0);
    }
}
