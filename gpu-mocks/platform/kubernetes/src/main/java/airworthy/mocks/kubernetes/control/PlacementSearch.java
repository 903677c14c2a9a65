package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The search for one pod's node, over one state of the store.
 *
 * <p>Pods without claims prefer nodes without accelerators; then the node with fewest pods is taken, then by name. CPU and
 * memory requests are not counted, and no pod is preempted.
 */
final class PlacementSearch {
    private final ObjectStore store;
    private final ObjectNode pod;
    private final List<Device> devices;
    private final Set<Device.Id> allocated = new HashSet<>();
    private final List<ObjectKey> claims = new ArrayList<>();
    private final List<DeviceRequest> requests = new ArrayList<>();
    private final Set<String> fixedNodes = new HashSet<>();

    PlacementSearch(ObjectStore store, ObjectNode pod) {
        this.store = store;
        this.pod = pod;
        this.devices = Device.all(store);
        for (ObjectNode claim : store.list(ResourceKinds.RESOURCE_CLAIM, "")) {
            for (JsonNode result : claim.at("/status/allocation/devices/results")) {
                allocated.add(new Device.Id(
                        result.path("driver").asText(),
                        result.path("pool").asText(),
                        result.path("device").asText()));
            }
        }
    }

    Placement run() {
        try {
            Optional<String> missing = readClaims();
            return missing.<Placement>map(Placement.Nowhere::new).orElseGet(this::overNodes);
        } catch (UnsupportedRequestException refused) {
            return new Placement.Nowhere(String.valueOf(refused.getMessage()));
        }
    }

    private Optional<String> readClaims() throws UnsupportedRequestException {
        for (JsonNode wish : pod.at("/spec/resourceClaims")) {
            Optional<String> name = PodClaims.claimName(pod, wish);
            if (name.isEmpty()) {
                return Optional.of("waiting for resource claim \""
                        + wish.path("name").asText() + "\" to be created from template \""
                        + wish.path("resourceClaimTemplateName").asText() + "\"");
            }
            ObjectKey key = new ObjectKey(
                    ResourceKinds.RESOURCE_CLAIM, pod.at("/metadata/namespace").asText(), name.get());
            Optional<ObjectNode> claim = store.find(key);
            if (claim.isEmpty() || Owners.deleting(claim.get())) {
                return Optional.of(
                        "resourceclaim \"" + name.get() + "\" " + (claim.isEmpty() ? "not found" : "is being deleted"));
            }
            claims.add(key);
            JsonNode allocation = claim.get().at("/status/allocation");
            if (allocation.isMissingNode()) {
                requests.addAll(DeviceRequest.of(claim.get(), store));
            } else {
                fixedNodes.add(allocation
                        .at("/nodeSelector/nodeSelectorTerms/0/matchFields/0/values/0")
                        .asText());
            }
        }
        return Optional.empty();
    }

    private Placement overNodes() {
        Map<String, Long> reasons = new TreeMap<>();
        List<ObjectNode> nodes = orderedNodes();
        for (ObjectNode node : nodes) {
            String name = node.at("/metadata/name").asText();
            Optional<String> refusal = NodeFilter.refusal(node, pod);
            if (refusal.isEmpty() && fixedNodes.stream().anyMatch(n -> !n.equals(name))) {
                refusal = Optional.of("resourceclaim not available on the node");
            }
            if (refusal.isEmpty()) {
                Optional<List<DeviceAllocator.Assignment>> found = DeviceAllocator.allocate(free(name), requests);
                if (found.isPresent()) {
                    return new Placement.On(name, claims, found.get());
                }
                refusal = Optional.of("cannot allocate all claims");
            }
            refusal.ifPresent(reason -> reasons.merge(reason, 1L, Long::sum));
        }
        String counted = reasons.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        return new Placement.Nowhere(
                "0/" + nodes.size() + " nodes are available" + (counted.isEmpty() ? "" : ": " + counted) + ".");
    }

    private List<ObjectNode> orderedNodes() {
        Map<String, Long> pods = store.list(ResourceKinds.POD, "").stream()
                .collect(Collectors.groupingBy(p -> p.at("/spec/nodeName").asText(), Collectors.counting()));
        Set<String> accelerated = devices.stream().map(Device::node).collect(Collectors.toSet());
        boolean plain = claims.isEmpty();
        return store.list(ResourceKinds.NODE, "").stream()
                .sorted(Comparator.<ObjectNode, Boolean>comparing(n -> plain && accelerated.contains(name(n)))
                        .thenComparing(n -> pods.getOrDefault(name(n), 0L))
                        .thenComparing(PlacementSearch::name))
                .toList();
    }

    private List<Device> free(String node) {
        return devices.stream()
                .filter(d -> d.node().equals(node) && !allocated.contains(d.id()))
                .toList();
    }

    private static String name(JsonNode node) {
        return node.at("/metadata/name").asText();
    }
}
