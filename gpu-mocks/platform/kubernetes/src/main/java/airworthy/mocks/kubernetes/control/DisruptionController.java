package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;

/** Writes into each PodDisruptionBudget how it stands. Evictions look at the pods themselves. */
final class DisruptionController implements Controller {
    private final ObjectStore store;
    private final Registry registry;
    private final InstantSource clock;

    DisruptionController(ObjectStore store, Registry registry, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void reconcile() {
        store.list(ResourceKinds.POD_DISRUPTION_BUDGET, "").forEach(this::write);
    }

    private void write(ObjectNode declared) {
        DisruptionBudget budget = DisruptionBudget.of(declared, store);
        ObjectKey key = ObjectKey.of(ResourceKinds.POD_DISRUPTION_BUDGET, declared);
        registry.modify(key, Part.STATUS, WriteMode.COMMIT, written -> {
            written.withObjectProperty("status")
                    .put(
                            "observedGeneration",
                            written.at("/metadata/generation").asInt())
                    .put("disruptionsAllowed", budget.allowed())
                    .put("currentHealthy", budget.healthy())
                    .put("desiredHealthy", budget.desired())
                    .put("expectedPods", budget.expected());
            boolean enough = budget.allowed() > 0;
            Conditions.set(
                    written, "DisruptionAllowed", enough, enough ? "SufficientPods" : "InsufficientPods", "", clock);
            return written;
        });
    }
}
