package airworthy.mocks.devices.cluster;

import airworthy.mocks.devices.Holder;
import airworthy.mocks.devices.kubelet.DeviceUse;
import airworthy.mocks.devices.kubelet.PodResources;
import airworthy.mocks.incluster.ClusterApi;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holders as an exporter on the node finds them: uses from the kubelet, labels from the API. */
public final class KubeletHolders implements HolderSource {

    private final PodResources kubelet;
    private final NodePods pods;

    /** Asks the kubelet of {@code node}, which this process runs on. */
    public KubeletHolders(PodResources kubelet, ClusterApi api, String node) {
        this.kubelet = kubelet;
        this.pods = new NodePods(api, node);
    }

    @Override
    public Map<String, Holder> holders() throws IOException, InterruptedException {
        List<DeviceUse> uses = kubelet.uses();
        if (uses.isEmpty()) {
            return Map.of();
        }
        Map<NodePods.Key, JsonNode> known = pods.read();
        Map<String, Holder> holders = new HashMap<>();
        for (DeviceUse use : uses) {
            JsonNode pod = known.get(new NodePods.Key(use.namespace(), use.pod()));
            holders.put(
                    use.device(),
                    new Holder(
                            use.namespace(),
                            use.pod(),
                            use.container(),
                            use.claim(),
                            pod == null ? Map.of() : NodePods.labels(pod)));
        }
        return holders;
    }
}
