package airworthy.probes.kubernetes;

import airworthy.model.Event.DeviceStanding;
import airworthy.model.ObjectRef;
import airworthy.probes.Reading;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the accelerators of one node, and whether new work may come to them. Thread-safe. */
public final class NodeProbe {
    private final KubernetesConnection cluster;
    private final DynamicResources resources;

    public NodeProbe(KubernetesConnection cluster) {
        this.cluster = cluster;
        this.resources = new DynamicResources(cluster);
    }

    /** The accelerators that drivers publish for a node; those that they publish no more are not among them. */
    public Reading<NodeDevices> devices(String node) throws InterruptedException {
        return NotRead.reading(() -> {
            JsonNode itself = cluster.object(new ObjectRef("v1", "Node", Optional.empty(), node));
            SortedMap<String, DeviceStanding> devices = published(node);
            Set<String> held = new HashSet<>();
            SortedMap<String, String> holders = new TreeMap<>();
            for (JsonNode claim : resources.list(DynamicResources.CLAIM, Optional.empty())) {
                for (DeviceId device : DeviceId.allocatedTo(claim)) {
                    if (devices.containsKey(device.toString())) {
                        held.add(device.toString());
                        holders.put(
                                claim.at("/metadata/uid").asText(),
                                claim.at("/metadata/namespace").asText() + "/"
                                        + claim.at("/metadata/name").asText());
                    }
                }
            }
            return new NodeDevices(node, closed(itself), devices, held, holders);
        });
    }

    private SortedMap<String, DeviceStanding> published(String node) throws NotRead, InterruptedException {
        List<JsonNode> slices = resources.list("ResourceSlice", Optional.empty()).stream()
                .filter(slice -> slice.at("/spec/nodeName").asText().equals(node))
                .toList();
        Map<String, Long> newest = new HashMap<>();
        slices.forEach(slice -> newest.merge(pool(slice), generation(slice), Math::max));
        SortedMap<String, DeviceStanding> devices = new TreeMap<>();
        for (JsonNode slice : slices) {
            if (generation(slice) == newest.getOrDefault(pool(slice), 0L)) {
                for (JsonNode device : slice.at("/spec/devices")) {
                    devices.put(
                            pool(slice) + "/" + device.path("name").asText(),
                            DeviceProbe.keptOut(device) ? DeviceStanding.TAINTED : DeviceStanding.ALLOCATABLE);
                }
            }
        }
        return devices;
    }

    private static boolean closed(JsonNode node) {
        return node.at("/spec/unschedulable").asBoolean() || DeviceProbe.keptOut(node.path("spec"));
    }

    private static String pool(JsonNode slice) {
        return slice.at("/spec/driver").asText() + "/"
                + slice.at("/spec/pool/name").asText();
    }

    private static long generation(JsonNode slice) {
        return slice.at("/spec/pool/generation").asLong();
    }
}
