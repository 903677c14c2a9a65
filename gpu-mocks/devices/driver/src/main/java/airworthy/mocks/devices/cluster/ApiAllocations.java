package airworthy.mocks.devices.cluster;

import airworthy.mocks.devices.SliceContent;
import airworthy.mocks.devices.kubelet.AllocatedDevice;
import airworthy.mocks.devices.kubelet.Allocations;
import airworthy.mocks.devices.kubelet.ClaimKey;
import airworthy.mocks.incluster.Answer;
import airworthy.mocks.incluster.ClusterApi;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads allocations from the claims themselves. */
public record ApiAllocations(ClusterApi api) implements Allocations {

    @Override
    public List<AllocatedDevice> of(ClaimKey claim) throws IOException, InterruptedException {
        Answer answer = api.get(
                "/apis/resource.k8s.io/v1/namespaces/%s/resourceclaims/%s".formatted(claim.namespace(), claim.name()));
        if (!answer.ok()) {
            throw new IOException("claim %s: cannot be read: %s".formatted(claim, answer.told()));
        }
        String uid = answer.body().at("/metadata/uid").asText();
        if (!uid.equals(claim.uid())) {
            throw new IOException("claim %s: found uid %s, expected %s; the claim was replaced by another of its name"
                    .formatted(claim, uid, claim.uid()));
        }
        List<AllocatedDevice> devices = new ArrayList<>();
        for (JsonNode result : answer.body().at("/status/allocation/devices/results")) {
            if (result.path("driver").asText().equals(SliceContent.DRIVER)) {
                devices.add(new AllocatedDevice(
                        request(result),
                        result.path("pool").asText(),
                        result.path("device").asText()));
            }
        }
        if (devices.isEmpty()) {
            throw new IOException("claim %s: found no device of %s in its allocation, expected at least one"
                    .formatted(claim, SliceContent.DRIVER));
        }
        return devices;
    }

    /** Of a choice among subrequests, {@code request/subrequest}, containers name the request. */
    private static String request(JsonNode result) {
        String request = result.path("request").asText();
        int slash = request.indexOf('/');
        return slash < 0 ? request : request.substring(0, slash);
    }
}
