package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.store.LabelSelector;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Why a node does not take a pod, in the scheduler's words. */
final class NodeFilter {
    private NodeFilter() {}

    /** Empty when the node would take the pod as far as the node itself is concerned. */
    static Optional<String> refusal(JsonNode node, JsonNode pod) {
        JsonNode tolerations = pod.at("/spec/tolerations");
        if (!Conditions.isTrue(node, "Ready")) {
            return Optional.of("node(s) were not ready");
        }
        if (node.at("/spec/unschedulable").asBoolean()) {
            return Optional.of("node(s) were unschedulable");
        }
        for (JsonNode taint : node.at("/spec/taints")) {
            if (!Taints.harmless(taint) && !Taints.tolerated(taint, tolerations)) {
                return Optional.of(
                        "node(s) had untolerated taint {" + taint.path("key").asText() + ": "
                                + taint.path("value").asText() + "}");
            }
        }
        JsonNode labels = node.at("/metadata/labels");
        JsonNode required =
                pod.at("/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms");
        boolean affine =
                required.isEmpty() || required.valueStream().anyMatch(term -> LabelSelector.matches(term, labels));
        if (!affine || !LabelSelector.matchesMap(pod.at("/spec/nodeSelector"), labels)) {
            return Optional.of("node(s) didn't match Pod's node affinity/selector");
        }
        return Optional.empty();
    }
}
