package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes pods without a node in order of priority, then of arrival, and binds them or says why not. */
final class Scheduler implements Controller {
    private static final String COMPONENT = "default-scheduler";

    private final ObjectStore store;
    private final Registry registry;
    private final EventRecorder events;
    private final InstantSource clock;
    private final Map<String, Integer> arrivals = new HashMap<>();
    private int arrived;

    Scheduler(ObjectStore store, Registry registry, EventRecorder events, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void reconcile() {
        List<ObjectNode> waiting = store.list(ResourceKinds.POD, "").stream()
                .filter(p -> p.at("/spec/nodeName").asText().isEmpty() && !Owners.deleting(p))
                .toList();
        arrivals.keySet().retainAll(waiting.stream().map(Scheduler::uid).toList());
        waiting.forEach(p -> arrivals.computeIfAbsent(uid(p), u -> arrived++));
        Comparator<ObjectNode> order = Comparator.<ObjectNode, Integer>comparing(
                        p -> -p.at("/spec/priority").asInt())
                .thenComparing(p -> arrivals.getOrDefault(uid(p), 0));
        waiting.stream().sorted(order).forEach(this::schedule);
    }

    private void schedule(ObjectNode pod) {
        // Each pod sees the devices that the pod before it left.
        switch (new PlacementSearch(store, pod).run()) {
            case Placement.On on -> bind(pod, on);
            case Placement.Nowhere(String why) -> refuse(pod, why);
        }
    }

    private void bind(ObjectNode pod, Placement.On on) {
        on.claims().forEach(claim -> reserve(pod, claim, on));
        registry.modify(ObjectKey.of(ResourceKinds.POD, pod), Part.WHOLE, WriteMode.COMMIT, p -> {
            p.withObjectProperty("spec").put("nodeName", on.node());
            Conditions.set(p, "PodScheduled", true, "", "", clock);
            return p;
        });
        events.normal(
                COMPONENT,
                pod,
                "Scheduled",
                "Successfully assigned " + pod.at("/metadata/namespace").asText() + "/"
                        + pod.at("/metadata/name").asText() + " to " + on.node());
    }

    private void reserve(ObjectNode pod, ObjectKey claim, Placement.On on) {
        registry.modify(claim, Part.WHOLE, WriteMode.COMMIT, c -> {
            ObjectNode status = c.withObjectProperty("status");
            if (!status.has("allocation")) {
                allocate(c, status.putObject("allocation"), on);
            }
            status.withArrayProperty("reservedFor")
                    .addObject()
                    .put("resource", "pods")
                    .put("name", pod.at("/metadata/name").asText())
                    .put("uid", uid(pod));
            return c;
        });
    }

    private void allocate(ObjectNode claim, ObjectNode allocation, Placement.On on) {
        ObjectNode devices = allocation.putObject("devices");
        devices.putArray("results");
        String name = claim.at("/metadata/name").asText();
        for (DeviceAllocator.Assignment assignment : on.assignments()) {
            if (assignment.request().claim().equals(name)) {
                Device.Id id = assignment.device().id();
                ObjectNode result = devices.withArrayProperty("results").addObject();
                if (!assignment.request().tolerations().isEmpty()) {
                    result.set("tolerations", assignment.request().tolerations().deepCopy());
                }
                result.put("request", assignment.request().name())
                        .put("driver", id.driver())
                        .put("pool", id.pool())
                        .put("device", id.name());
            }
        }
        allocation
                .putObject("nodeSelector")
                .putArray("nodeSelectorTerms")
                .addObject()
                .putArray("matchFields")
                .addObject()
                .put("key", "metadata.name")
                .put("operator", "In")
                .putArray("values")
                .add(on.node());
        allocation.put("allocationTimestamp", clock.instant().toString());
        claim.withObjectProperty("metadata").withArrayProperty("finalizers").add(ClaimController.FINALIZER);
    }

    private void refuse(ObjectNode pod, String why) {
        registry.modify(ObjectKey.of(ResourceKinds.POD, pod), Part.STATUS, WriteMode.COMMIT, p -> {
            Conditions.set(p, "PodScheduled", false, "Unschedulable", why, clock);
            return p;
        });
        events.warning(COMPONENT, pod, "FailedScheduling", why);
    }

    private static String uid(JsonNode pod) {
        return pod.at("/metadata/uid").asText();
    }
}
