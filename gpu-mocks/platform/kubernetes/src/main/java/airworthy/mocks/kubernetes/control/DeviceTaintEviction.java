package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.DeleteOptions;
import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Evicts pods from devices whose NoExecute taint their claim does not tolerate, with the words of Kubernetes' controller of
 * the same name (pkg/controller/devicetainteviction).
 */
final class DeviceTaintEviction implements Controller {
    private static final String COMPONENT = "device-taint-eviction";
    private static final String NO_EXECUTE = "NoExecute";

    private final ObjectStore store;
    private final Registry registry;
    private final EventRecorder events;
    private final InstantSource clock;

    DeviceTaintEviction(ObjectStore store, Registry registry, EventRecorder events, InstantSource clock) {
        this.store = store;
        this.registry = registry;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void reconcile() {
        Map<Device.Id, List<JsonNode>> evicting = evictingTaints();
        if (evicting.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        for (ObjectNode claim : store.list(ResourceKinds.RESOURCE_CLAIM, "")) {
            boolean due = evictionTime(claim, evicting)
                    .filter(when -> !when.isAfter(now))
                    .isPresent();
            if (due) {
                claim.at("/status/reservedFor").forEach(consumer -> evict(claim, consumer));
            }
        }
    }

    private Map<Device.Id, List<JsonNode>> evictingTaints() {
        Map<Device.Id, List<JsonNode>> evicting = new HashMap<>();
        for (Device device : Device.all(store)) {
            List<JsonNode> taints = device.published()
                    .path("taints")
                    .valueStream()
                    .filter(taint -> taint.path("effect").asText().equals(NO_EXECUTE))
                    .toList();
            if (!taints.isEmpty()) {
                evicting.put(device.id(), taints);
            }
        }
        return evicting;
    }

    /** The earliest time at which a taint of one of its devices is tolerated no more; empty if there is none. */
    private static Optional<Instant> evictionTime(ObjectNode claim, Map<Device.Id, List<JsonNode>> evicting) {
        Optional<Instant> earliest = Optional.empty();
        for (JsonNode result : claim.at("/status/allocation/devices/results")) {
            Device.Id id = new Device.Id(
                    result.path("driver").asText(),
                    result.path("pool").asText(),
                    result.path("device").asText());
            for (JsonNode taint : evicting.getOrDefault(id, List.of())) {
                OptionalLong tolerated = toleratedSeconds(taint, result.path("tolerations"));
                if (tolerated.isPresent()) {
                    Instant when = Instant.parse(taint.path("timeAdded").asText(Instant.EPOCH.toString()))
                            .plusSeconds(tolerated.getAsLong());
                    earliest = Optional.of(earliest.filter(when::isAfter).orElse(when));
                }
            }
        }
        return earliest;
    }

    /** The shortest time for which a taint is tolerated; empty for ever. */
    private static OptionalLong toleratedSeconds(JsonNode taint, JsonNode tolerations) {
        OptionalLong shortest = OptionalLong.empty();
        for (JsonNode toleration : tolerations) {
            // Kubernetes' own rule: one without an effect lets a claim have the device, and does not keep its pod on
            // it.
            if (toleration.path("effect").asText().equals(NO_EXECUTE) && Taints.tolerates(taint, toleration)) {
                if (!toleration.has("tolerationSeconds")) {
                    return OptionalLong.empty();
                }
                long seconds = Math.max(0, toleration.path("tolerationSeconds").asLong());
                shortest = OptionalLong.of(Math.min(seconds, shortest.orElse(seconds)));
            }
        }
        return OptionalLong.of(shortest.orElse(0));
    }

    private void evict(ObjectNode claim, JsonNode consumer) {
        ObjectKey key = new ObjectKey(
                ResourceKinds.POD,
                claim.at("/metadata/namespace").asText(),
                consumer.path("name").asText());
        Optional<ObjectNode> pod = store.find(key)
                .filter(found -> found.at("/metadata/uid").equals(consumer.path("uid")))
                .filter(found -> !Owners.deleting(found));
        if (pod.isEmpty()) {
            return;
        }
        events.normal(COMPONENT, pod.get(), "DeviceTaintManagerEviction", "Marking for deletion");
        registry.modify(key, Part.STATUS, WriteMode.COMMIT, evicted -> {
            Conditions.set(
                    evicted,
                    "DisruptionTarget",
                    true,
                    "DeletionByDeviceTaintManager",
                    "Device Taint manager: deleting due to NoExecute taint",
                    clock);
            return evicted;
        });
        registry.delete(key, DeleteOptions.PLAIN, WriteMode.COMMIT);
    }
}
