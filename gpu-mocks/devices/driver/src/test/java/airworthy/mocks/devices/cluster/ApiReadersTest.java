package airworthy.mocks.devices.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.devices.Holder;
import airworthy.mocks.devices.kubelet.AllocatedDevice;
import airworthy.mocks.devices.kubelet.ClaimKey;
import airworthy.mocks.incluster.ClusterApi;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiReadersTest {

    private final FakeApi api;
    private final ClusterApi client;

    ApiReadersTest() throws IOException {
        api = new FakeApi();
        client = api.client();
    }

    @AfterEach
    void stop() {
        client.close();
        api.close();
    }

    @Test
    void findsOurDevicesOfAnAllocation() throws Exception {
        api.allocate("team-a", "chat-gpu", "u1", "gpu-0", "gpu-2");

        assertThat(new ApiAllocations(client).of(new ClaimKey("team-a", "chat-gpu", "u1")))
                .containsExactly(
                        new AllocatedDevice("gpu", "gpu-1", "gpu-0"), new AllocatedDevice("gpu", "gpu-1", "gpu-2"));
    }

    @Test
    void aSubrequestIsNamedByItsRequest() throws Exception {
        api.put("/apis/resource.k8s.io/v1/namespaces/n/resourceclaims/c", """
            {"metadata": {"uid": "u"}, "status": {"allocation": {"devices": {"results": [
              {"request": "gpu/large", "driver": "gpu.nvidia.com", "pool": "gpu-1", "device": "gpu-0"}]}}}}\
            """);

        assertThat(new ApiAllocations(client).of(new ClaimKey("n", "c", "u")))
                .containsExactly(new AllocatedDevice("gpu", "gpu-1", "gpu-0"));
    }

    @Test
    void tellsWhyThereIsNoAllocation() {
        api.allocate("team-a", "bare", "u1");
        ApiAllocations allocations = new ApiAllocations(client);

        assertThatThrownBy(() -> allocations.of(new ClaimKey("team-a", "bare", "u1")))
                .hasMessage("claim team-a/bare: found no device of gpu.nvidia.com in its allocation, expected at least"
                        + " one");
        assertThatThrownBy(() -> allocations.of(new ClaimKey("team-a", "bare", "u2")))
                .hasMessageContaining("found uid u1, expected u2");
        assertThatThrownBy(() -> allocations.of(new ClaimKey("team-a", "gone", "u2")))
                .hasMessageContaining("claim team-a/gone: cannot be read: 404");
    }

    @Test
    void withoutAKubeletClaimsAndTheirPodsTellTheHolders() throws Exception {
        api.put("/apis/resource.k8s.io/v1/resourceclaims", """
            {"items": [
              {"metadata": {"namespace": "team-a", "name": "chat-gpu-x"}, "status": {
                "reservedFor": [{"resource": "pods", "name": "chat-1"}],
                "allocation": {"devices": {"results": [
                  {"driver": "gpu.nvidia.com", "pool": "gpu-1", "device": "gpu-2"},
                  {"driver": "gpu.nvidia.com", "pool": "gpu-9", "device": "gpu-0"},
                  {"driver": "dra.net", "pool": "gpu-1", "device": "gpu-1"}]}}}},
              {"metadata": {"namespace": "team-b", "name": "shared"}, "status": {
                "reservedFor": [{"resource": "pods", "name": "batch"}],
                "allocation": {"devices": {"results": [
                  {"driver": "gpu.nvidia.com", "pool": "gpu-1", "device": "gpu-3"}]}}}},
              {"metadata": {"namespace": "team-b", "name": "free"}, "status": {
                "allocation": {"devices": {"results": [
                  {"driver": "gpu.nvidia.com", "pool": "gpu-1", "device": "gpu-0"}]}}}}]}\
            """);
        api.put("/api/v1/pods", """
            {"items": [
              {"metadata": {"namespace": "team-a", "name": "chat-1", "labels": {"app": "chat"}},
               "spec": {"containers": [
                 {"name": "sidecar"}, {"name": "server", "resources": {"claims": [{"name": "gpu"}]}}]},
               "status": {"resourceClaimStatuses": [{"name": "gpu", "resourceClaimName": "chat-gpu-x"}]}},
              {"metadata": {"namespace": "team-b", "name": "batch"},
               "spec": {"resourceClaims": [{"name": "g", "resourceClaimName": "shared"}],
                 "containers": [{"name": "main", "resources": {"claims": [{"name": "g"}]}}]}}]}\
            """);

        assertThat(new ClaimHolders(client, "gpu-1").holders())
                .isEqualTo(Map.of(
                        "gpu-2",
                        new Holder("team-a", "chat-1", "server", "chat-gpu-x", Map.of("app", "chat")),
                        "gpu-3",
                        new Holder("team-b", "batch", "main", "shared", Map.of())));
    }
}
