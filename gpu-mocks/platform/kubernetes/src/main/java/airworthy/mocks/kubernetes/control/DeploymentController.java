package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;

/** Deployment to ReplicaSets: one per template, rolled by maxSurge and maxUnavailable, or recreated. */
final class DeploymentController implements Controller {
    private static final String HASH = "pod-template-hash";
    private static final int HASH_LENGTH = 9;

    private final ObjectStore store;
    private final Registry registry;
    private final Names names;
    private final InstantSource clock;

    DeploymentController(ObjectStore store, Registry registry, Names names, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public void reconcile() {
        for (ObjectNode deployment : store.list(ResourceKinds.DEPLOYMENT, "")) {
            if (!Owners.deleting(deployment)) {
                reconcile(deployment);
            }
        }
    }

    private void reconcile(ObjectNode deployment) {
        String namespace = deployment.at("/metadata/namespace").asText();
        String hash = names.hash(deployment.at("/spec/template").toString(), HASH_LENGTH);
        List<ObjectNode> owned = store.list(ResourceKinds.REPLICA_SET, namespace).stream()
                .filter(r -> Owners.controls(deployment, r) && !Owners.deleting(r))
                .toList();
        List<ObjectNode> older = owned.stream()
                .filter(r -> !r.at("/metadata/labels/" + HASH).asText().equals(hash))
                .toList();
        ObjectNode current = owned.stream()
                .filter(r -> !older.contains(r))
                .findFirst()
                .orElseGet(() -> registry.create(
                        ResourceKinds.REPLICA_SET,
                        namespace,
                        replicaSet(deployment, hash, owned.size() + 1),
                        WriteMode.COMMIT));
        Rollout.Step step = Rollout.next(deployment, current, older);
        scale(current, step.current());
        for (int i = 0; i < older.size(); i++) {
            scale(older.get(i), step.older().get(i));
        }
        writeStatus(deployment, current, older);
    }

    private void scale(ObjectNode replicaSet, int replicas) {
        registry.modify(ObjectKey.of(ResourceKinds.REPLICA_SET, replicaSet), Part.MAIN, WriteMode.COMMIT, r -> {
            r.withObjectProperty("spec").put("replicas", replicas);
            return r;
        });
    }

    private static ObjectNode replicaSet(ObjectNode deployment, String hash, int revision) {
        ObjectNode replicaSet = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = replicaSet.putObject("metadata");
        metadata.put("name", deployment.at("/metadata/name").asText() + "-" + hash);
        metadata.put("namespace", deployment.at("/metadata/namespace").asText());
        metadata.putObject("annotations").put("deployment.kubernetes.io/revision", Integer.toString(revision));
        Owners.adopt(deployment, replicaSet);
        ObjectNode spec = replicaSet.putObject("spec").put("replicas", 0);
        spec.set("selector", deployment.at("/spec/selector").deepCopy());
        spec.set("template", deployment.at("/spec/template").deepCopy());
        spec.withObject("/selector/matchLabels").put(HASH, hash);
        ObjectNode labels = spec.withObject("/template/metadata/labels").put(HASH, hash);
        metadata.set("labels", labels.deepCopy());
        return replicaSet;
    }

    private void writeStatus(ObjectNode deployment, ObjectNode current, List<ObjectNode> older) {
        int wanted = deployment.at("/spec/replicas").asInt();
        int updated = current.at("/status/replicas").asInt();
        int total = updated + sum(older, "/status/replicas");
        int available = current.at("/status/availableReplicas").asInt() + sum(older, "/status/availableReplicas");
        boolean rolledOut = updated == wanted && total == wanted && available == wanted;
        registry.modify(ObjectKey.of(ResourceKinds.DEPLOYMENT, deployment), Part.STATUS, WriteMode.COMMIT, d -> {
            ObjectNode status = d.withObjectProperty("status");
            status.put("observedGeneration", d.at("/metadata/generation").asLong());
            status.put("replicas", total).put("updatedReplicas", updated);
            status.put("readyReplicas", available).put("availableReplicas", available);
            status.put("unavailableReplicas", Math.max(0, wanted - available));
            boolean enough = available >= wanted - Rollout.maxUnavailable(d);
            Conditions.set(
                    d,
                    "Available",
                    enough,
                    enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                    "",
                    clock);
            Conditions.set(
                    d, "Progressing", true, rolledOut ? "NewReplicaSetAvailable" : "ReplicaSetUpdated", "", clock);
            return d;
        });
    }

    private static int sum(List<? extends JsonNode> replicaSets, String pointer) {
        return replicaSets.stream().mapToInt(r -> r.at(pointer).asInt()).sum();
    }
}
