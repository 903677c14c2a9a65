package airworthy.mocks.devices.cluster;

import airworthy.mocks.devices.Holder;
import airworthy.mocks.devices.SliceContent;
import airworthy.mocks.incluster.Answer;
import airworthy.mocks.incluster.ClusterApi;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Holders as the API alone tells them, for nodes without a kubelet: claims, whom they are reserved for, their pods. */
public final class ClaimHolders implements HolderSource {

    private final ClusterApi api;
    private final NodePods pods;

    /** Asks about the devices of {@code node}. */
    public ClaimHolders(ClusterApi api, String node) {
        this.api = api;
        this.pods = new NodePods(api, node);
    }

    @Override
    public Map<String, Holder> holders() throws IOException, InterruptedException {
        Answer claims = api.get("/apis/resource.k8s.io/v1/resourceclaims");
        if (!claims.ok()) {
            throw new IOException("list ResourceClaims: the API server answered " + claims.told());
        }
        Map<NodePods.Key, JsonNode> known = pods.read();
        Map<String, Holder> holders = new HashMap<>();
        for (JsonNode claim : claims.body().path("items")) {
            for (JsonNode result : claim.at("/status/allocation/devices/results")) {
                JsonNode pod = known.get(reservedFor(claim));
                if (pod != null
                        && result.path("driver").asText().equals(SliceContent.DRIVER)
                        && result.path("pool").asText().equals(pods.node())) {
                    holders.put(result.path("device").asText(), holder(pod, claim));
                }
            }
        }
        return holders;
    }

    private static NodePods.Key reservedFor(JsonNode claim) {
        return new NodePods.Key(
                claim.at("/metadata/namespace").asText(),
                claim.at("/status/reservedFor/0/name").asText());
    }

    private static Holder holder(JsonNode pod, JsonNode claim) {
        String name = claim.at("/metadata/name").asText();
        return new Holder(
                pod.at("/metadata/namespace").asText(),
                pod.at("/metadata/name").asText(),
                container(pod, nameInPod(pod, name)),
                name,
                NodePods.labels(pod));
    }

    /** Returns the name that the pod's containers use for a claim; empty when the pod has none of it. */
    private static String nameInPod(JsonNode pod, String claim) {
        for (JsonNode entry : pod.at("/spec/resourceClaims")) {
            if (entry.path("resourceClaimName").asText().equals(claim)) {
                return entry.path("name").asText();
            }
        }
        for (JsonNode entry : pod.at("/status/resourceClaimStatuses")) {
            if (entry.path("resourceClaimName").asText().equals(claim)) {
                return entry.path("name").asText();
            }
        }
        return "";
    }

    private static String container(JsonNode pod, String claim) {
        for (JsonNode container : pod.at("/spec/containers")) {
            for (JsonNode used : container.at("/resources/claims")) {
                if (used.path("name").asText().equals(claim)) {
                    return container.path("name").asText();
                }
            }
        }
        return "";
    }
}
