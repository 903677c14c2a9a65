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
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Evictions by request: refused where a disruption budget forbids them, else a delete that says why in the pod. */
final class Evictions {
    private static final Set<String> NOT_RUNNING = Set.of("Pending", "Succeeded", "Failed");

    private final ObjectStore store;
    private final Registry registry;
    private final InstantSource clock;

    Evictions(ObjectStore store, Registry registry, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
    }

    void evict(ObjectKey key, DeleteOptions options, WriteMode mode) {
        store.atomically(() -> {
            ObjectNode pod = store.find(key).orElseThrow(() -> ApiFailure.notFound(key));
            boolean running = !NOT_RUNNING.contains(pod.at("/status/phase").asText()) && !Owners.deleting(pod);
            if (running) {
                budgets(pod);
            }
            ObjectNode checked = registry.delete(key, options, WriteMode.DRY_RUN);
            return mode == WriteMode.DRY_RUN ? checked : delete(key, options);
        });
    }

    /** Real Kubernetes refuses a pod with two budgets outright; here each of them has to allow it. */
    private void budgets(ObjectNode pod) {
        for (ObjectNode declared : store.list(
                ResourceKinds.POD_DISRUPTION_BUDGET,
                pod.at("/metadata/namespace").asText())) {
            if (DisruptionBudget.covers(declared, pod)) {
                DisruptionBudget budget = DisruptionBudget.of(declared, store);
                if (!budget.allows(pod)) {
                    throw ApiFailure.disruptionRefused("The disruption budget "
                            + declared.at("/metadata/name").asText() + " needs " + budget.desired()
                            + " healthy pods and has " + budget.healthy() + " currently");
                }
            }
        }
    }

    private JsonNode delete(ObjectKey key, DeleteOptions options) {
        registry.modify(key, Part.STATUS, WriteMode.COMMIT, pod -> {
            Conditions.set(pod, "DisruptionTarget", true, "EvictionByEvictionAPI", "Eviction API: evicting", clock);
            return pod;
        });
        // What was asked of the pod's version was checked before the condition gave it a new one.
        DeleteOptions checked =
                new DeleteOptions(options.uid(), Optional.empty(), options.gracePeriod(), options.dependents());
        return registry.delete(key, checked, WriteMode.COMMIT);
    }
}
