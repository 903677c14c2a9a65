package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.DeleteOptions;
import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/** ReplicaSet to pods: as many as asked, the least useful leaving first. */
final class ReplicaSetController implements Controller {
    private static final Comparator<ObjectNode> LEAST_USEFUL_FIRST = Comparator.<ObjectNode, Boolean>comparing(
                    p -> !p.at("/spec/nodeName").asText().isEmpty())
            .thenComparing(p -> Conditions.isTrue(p, "Ready"))
            .thenComparing(p -> p.at("/metadata/creationTimestamp").asText(), Comparator.reverseOrder())
            .thenComparing(p -> p.at("/metadata/name").asText());

    private final ObjectStore store;
    private final Registry registry;
    private final EventRecorder events;

    ReplicaSetController(ObjectStore store, Registry registry, EventRecorder events) {
        this.store = store;
        this.registry = registry;
        this.events = events;
    }

    @Override
    public void reconcile() {
        for (ObjectNode replicaSet : store.list(ResourceKinds.REPLICA_SET, "")) {
            if (!Owners.deleting(replicaSet)) {
                reconcile(replicaSet);
            }
        }
    }

    private void reconcile(ObjectNode replicaSet) {
        List<ObjectNode> pods = pods(replicaSet);
        int wanted = replicaSet.at("/spec/replicas").asInt();
        if (pods.size() < wanted) {
            grow(replicaSet, wanted - pods.size());
        }
        pods.stream()
                .sorted(LEAST_USEFUL_FIRST)
                .limit(Math.max(0, pods.size() - wanted))
                .forEach(p ->
                        registry.delete(ObjectKey.of(ResourceKinds.POD, p), DeleteOptions.PLAIN, WriteMode.COMMIT));
        writeStatus(replicaSet, pods(replicaSet));
    }

    private List<ObjectNode> pods(ObjectNode replicaSet) {
        return store
                .list(ResourceKinds.POD, replicaSet.at("/metadata/namespace").asText())
                .stream()
                .filter(p -> Owners.controls(replicaSet, p) && !Owners.deleting(p) && !ended(p))
                .toList();
    }

    private void grow(ObjectNode replicaSet, int missing) {
        try {
            for (int i = 0; i < missing; i++) {
                ObjectNode pod = registry.create(
                        ResourceKinds.POD,
                        replicaSet.at("/metadata/namespace").asText(),
                        pod(replicaSet),
                        WriteMode.COMMIT);
                events.normal(
                        "replicaset-controller",
                        replicaSet,
                        "SuccessfulCreate",
                        "Created pod: " + pod.at("/metadata/name").asText());
            }
        } catch (ApiFailure refused) {
            events.warning("replicaset-controller", replicaSet, "FailedCreate", "Error creating: " + refused.text());
        }
    }

    private static ObjectNode pod(ObjectNode replicaSet) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        JsonNode template = replicaSet.at("/spec/template");
        pod.set("metadata", template.path("metadata").deepCopy());
        pod.set("spec", template.path("spec").deepCopy());
        pod.withObjectProperty("metadata")
                .put("generateName", replicaSet.at("/metadata/name").asText() + "-");
        pod.withObjectProperty("metadata").remove("name");
        Owners.adopt(replicaSet, pod);
        return pod;
    }

    private void writeStatus(ObjectNode replicaSet, List<ObjectNode> pods) {
        long ready = pods.stream().filter(p -> Conditions.isTrue(p, "Ready")).count();
        registry.modify(ObjectKey.of(ResourceKinds.REPLICA_SET, replicaSet), Part.STATUS, WriteMode.COMMIT, r -> {
            r.withObjectProperty("status")
                    .put("replicas", pods.size())
                    .put("fullyLabeledReplicas", pods.size())
                    .put("readyReplicas", (int) ready)
                    .put("availableReplicas", (int) ready)
                    .put("observedGeneration", r.at("/metadata/generation").asInt());
            return r;
        });
    }

    private static boolean ended(JsonNode pod) {
        String phase = pod.at("/status/phase").asText();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }
}
