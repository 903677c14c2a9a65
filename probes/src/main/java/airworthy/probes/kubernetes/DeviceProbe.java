package airworthy.probes.kubernetes;

import airworthy.model.Event;
import airworthy.model.Event.DeviceStanding;
import airworthy.model.ScenarioId;
import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads who holds how many devices by dynamic resource allocation, and how many are free. Thread-safe. */
public final class DeviceProbe {
    /** Taints that keep a new claim from a device. */
    private static final Set<String> KEEPING_OUT = Set.of("NoSchedule", "NoExecute");

    private final KubernetesConnection cluster;
    private final DynamicResources resources;

    public DeviceProbe(KubernetesConnection cluster) {
        this.cluster = cluster;
        this.resources = new DynamicResources(cluster);
    }

    /** What a namespace holds, for the journal. */
    public Reading<Event.DevicesHeld> held(ScenarioId scenario, String namespace) throws InterruptedException {
        return holding(namespace).map(holding -> holding.event(scenario));
    }

    /** What a namespace holds, and the tightest device quota that limits it. */
    public Reading<DeviceHolding> holding(String namespace) throws InterruptedException {
        return NotRead.reading(() -> {
            Optional<DeviceQuota> quota = quota(namespace);
            SortedMap<String, Integer> allocated = new TreeMap<>();
            for (JsonNode claim : resources.list(DynamicResources.CLAIM, Optional.of(namespace))) {
                int devices = DeviceId.allocatedTo(claim).size();
                if (devices > 0) {
                    allocated.put(claim.at("/metadata/name").asText(), devices);
                }
            }
            return new DeviceHolding(
                    namespace,
                    quota.map(DeviceQuota::quota),
                    quota.map(limit -> OptionalInt.of(limit.hard())).orElse(OptionalInt.empty()),
                    quota.map(DeviceQuota::used).orElse(OptionalInt.empty()),
                    allocated);
        });
    }

    /** The API version of claims, for example {@code resource.k8s.io/v1}. */
    public Reading<String> apiVersion() throws InterruptedException {
        return NotRead.reading(resources::version);
    }

    /** How many ResourceSlices the cluster has; absent if it has none. */
    public Reading<Integer> slices() throws InterruptedException {
        return NotRead.reading(() -> {
            int found = resources.list("ResourceSlice", Optional.empty()).size();
            if (found == 0) {
                throw NotRead.absent("the cluster has no ResourceSlice: no driver has published devices");
            }
            return found;
        });
    }

    /** How many devices of a class nobody holds and no taint keeps from new claims, in the whole cluster. */
    public Reading<Integer> free(String deviceClass) throws InterruptedException {
        return NotRead.reading(() -> {
            Set<DeviceId> free = usable(selector(deviceClass));
            for (JsonNode claim : resources.list(DynamicResources.CLAIM, Optional.empty())) {
                free.removeAll(DeviceId.allocatedTo(claim));
            }
            return free.size();
        });
    }

    /** The devices that each pod of a namespace holds by its claims, by pod; pods that hold none are missing. */
    public Reading<SortedMap<String, List<DeviceId>>> heldByPods(String namespace) throws InterruptedException {
        return NotRead.reading(() -> {
            SortedMap<String, List<DeviceId>> held = new TreeMap<>();
            for (JsonNode claim : resources.list(DynamicResources.CLAIM, Optional.of(namespace))) {
                for (JsonNode consumer : claim.at("/status/reservedFor")) {
                    if (consumer.path("resource").asText().equals("pods")) {
                        held.computeIfAbsent(consumer.path("name").asText(), _ -> new ArrayList<>())
                                .addAll(DeviceId.allocatedTo(claim));
                    }
                }
            }
            held.values().removeIf(List::isEmpty);
            return held;
        });
    }

    /** The claim by which a pod holds a device; absent if it holds it by none, as one of a device plugin. */
    public Reading<String> claimOf(String namespace, String pod, String device) throws InterruptedException {
        return NotRead.reading(() -> {
            for (JsonNode claim : resources.list(DynamicResources.CLAIM, Optional.of(namespace))) {
                boolean itsOwn = claim.at("/status/reservedFor")
                        .valueStream()
                        .anyMatch(consumer -> consumer.path("resource").asText().equals("pods")
                                && consumer.path("name").asText().equals(pod));
                if (itsOwn
                        && DeviceId.allocatedTo(claim).stream()
                                .anyMatch(held -> held.device().equals(device))) {
                    return claim.at("/metadata/name").asText();
                }
            }
            throw NotRead.absent("pod " + namespace + "/" + pod + " holds device " + device + " by no claim");
        });
    }

    /** What a device's driver publishes of it, and which claims hold it. */
    public Reading<DeviceState> state(DeviceId device) throws InterruptedException {
        return NotRead.reading(() -> {
            Optional<JsonNode> published = newest(device.driver())
                    .filter(slice -> pool(slice).equals(device.pool()))
                    .flatMap(slice -> slice.at("/spec/devices").valueStream())
                    .filter(each -> each.path("name").asText().equals(device.device()))
                    .findFirst();
            SortedMap<String, String> holders = new TreeMap<>();
            for (JsonNode claim : resources.list(DynamicResources.CLAIM, Optional.empty())) {
                if (DeviceId.allocatedTo(claim).contains(device)) {
                    holders.put(
                            claim.at("/metadata/uid").asText(),
                            claim.at("/metadata/namespace").asText() + "/"
                                    + claim.at("/metadata/name").asText());
                }
            }
            return new DeviceState(
                    device,
                    published
                            .map(each -> keptOut(each) ? DeviceStanding.TAINTED : DeviceStanding.ALLOCATABLE)
                            .orElse(DeviceStanding.WITHDRAWN),
                    published.stream()
                            .flatMap(each -> each.path("taints").valueStream())
                            .map(DeviceProbe::taint)
                            .toList(),
                    holders);
        });
    }

    /** The class that a namespace's quota limits; where it has none, the first class by name. */
    public Reading<String> deviceClass(String namespace) throws InterruptedException {
        return NotRead.reading(() -> {
            Optional<DeviceQuota> quota = quota(namespace);
            if (quota.isPresent()) {
                return quota.get().deviceClass();
            }
            return resources.list("DeviceClass", Optional.empty()).stream()
                    .map(found -> found.at("/metadata/name").asText())
                    .min(Comparator.naturalOrder())
                    .orElseThrow(() -> NotRead.absent("the cluster has no DeviceClass"));
        });
    }

    private Optional<DeviceQuota> quota(String namespace) throws NotRead, InterruptedException {
        return DeviceQuota.tightest(cluster.items("v1", "ResourceQuota", Optional.of(namespace)));
    }

    private DeviceSelector selector(String deviceClass) throws NotRead, InterruptedException {
        List<JsonNode> classes = resources.list("DeviceClass", Optional.empty());
        for (JsonNode found : classes) {
            if (found.at("/metadata/name").asText().equals(deviceClass)) {
                return DeviceSelector.of(found);
            }
        }
        throw NotRead.absent("the cluster has no DeviceClass " + deviceClass);
    }

    private Set<DeviceId> usable(DeviceSelector selector) throws NotRead, InterruptedException {
        Set<DeviceId> usable = new HashSet<>();
        for (JsonNode slice : newest(selector.driver()).toList()) {
            for (JsonNode device : slice.at("/spec/devices")) {
                if (selector.matches(device) && !keptOut(device)) {
                    usable.add(new DeviceId(
                            selector.driver(), pool(slice), device.path("name").asText()));
                }
            }
        }
        return usable;
    }

    /** The slices of a driver that count: those of the newest generation of each pool. */
    private Stream<JsonNode> newest(String driver) throws NotRead, InterruptedException {
        List<JsonNode> slices = resources.list("ResourceSlice", Optional.empty()).stream()
                .filter(slice -> slice.at("/spec/driver").asText().equals(driver))
                .toList();
        Map<String, Long> newest = new HashMap<>();
        slices.forEach(slice -> newest.merge(pool(slice), generation(slice), Math::max));
        return slices.stream().filter(slice -> generation(slice) == newest.getOrDefault(pool(slice), 0L));
    }

    private static String taint(JsonNode taint) {
        return taint.path("key").asText() + "=" + taint.path("value").asText() + ":"
                + taint.path("effect").asText();
    }

    static boolean keptOut(JsonNode device) {
        for (JsonNode taint : device.path("taints")) {
            if (KEEPING_OUT.contains(taint.path("effect").asText())) {
                return true;
            }
        }
        return false;
    }

    private static String pool(JsonNode slice) {
        return slice.at("/spec/pool/name").asText();
    }

    private static long generation(JsonNode slice) {
        return slice.at("/spec/pool/generation").asLong();
    }
}
