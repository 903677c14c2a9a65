package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static final String DEVICES = "gpu.nvidia.com.deviceclass.resource.k8s.io/devices";
    private static final String TWO_DEVICES = """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: accelerators, namespace: team-a}
        spec: {hard: {gpu.nvidia.com.deviceclass.resource.k8s.io/devices: "2"}}
        """;
    private static final String TEMPLATE = """
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaimTemplate
        metadata: {name: one-gpu, namespace: team-a}
        spec: {spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]}}}
        """;
    private static final String CLAIMS = "/apis/resource.k8s.io/v1/namespaces/team-a/resourceclaims";
    private static final String PODS = "/api/v1/namespaces/team-a/pods";
    private static final String QUOTA = "/api/v1/namespaces/team-a/resourcequotas/accelerators";

    @Test
    void refusesTheClaimAboveTheQuotaInTheWordsOfKubernetes() throws IOException {
        try (TestCluster cluster = TestCluster.with(TWO_DEVICES)) {
            assertThat(cluster.post(CLAIMS, claim("a", 2)).code()).isEqualTo(201);
            TestCluster.Answer refused = cluster.post(CLAIMS, claim("x", 1));
            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.message())
                    .isEqualTo("resourceclaims.resource.k8s.io \"x\" is forbidden: exceeded quota: accelerators,"
                            + " requested: " + DEVICES + "=1, used: " + DEVICES + "=2, limited: " + DEVICES + "=2");
            cluster.eventually(
                    QUOTA, q -> q.at("/status/used").path(DEVICES).asText().equals("2"));
        }
    }

    @Test
    void countsTheDevicesOfOneClaimAndNotTheClaims() throws IOException {
        try (TestCluster cluster = TestCluster.with(TWO_DEVICES)) {
            assertThat(cluster.post(CLAIMS, claim("big", 3)).code()).isEqualTo(403);
        }
    }

    @Test
    void checksTheQuotaOfADryRunAndKeepsNothing() throws IOException {
        try (TestCluster cluster = TestCluster.with(TWO_DEVICES)) {
            assertThat(cluster.post(CLAIMS + "?dryRun=All", claim("a", 3)).code())
                    .isEqualTo(403);
            assertThat(cluster.post(CLAIMS + "?dryRun=All", claim("a", 2)).code())
                    .isEqualTo(201);
            assertThat(cluster.get(CLAIMS + "/a").code()).isEqualTo(404);
        }
    }

    @Test
    void refusesThePodAboveThePodQuota() throws IOException {
        String onePod = """
            apiVersion: v1
            kind: ResourceQuota
            metadata: {name: few, namespace: team-a}
            spec: {hard: {pods: "1"}}
            """;
        try (TestCluster cluster = TestCluster.with(onePod)) {
            assertThat(cluster.post(PODS, pod("a")).code()).isEqualTo(201);
            assertThat(cluster.post(PODS, pod("b")).message())
                    .isEqualTo("pods \"b\" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1,"
                            + " limited: pods=1");
        }
    }

    @Test
    void leavesThePodPendingWhenItsGeneratedClaimIsRefusedAndRunsItWhenQuotaIsFree() throws IOException {
        try (TestCluster cluster = TestCluster.with(TWO_DEVICES + TEMPLATE)) {
            cluster.post(CLAIMS, claim("hog", 2));
            cluster.post(PODS, pod("late"));
            assertThat(cluster.event("team-a", "FailedResourceClaimCreation"))
                    .contains("is forbidden: exceeded quota: accelerators");
            assertThat(cluster.get(PODS + "/late").body().at("/status/phase").asText())
                    .isEqualTo("Pending");

            cluster.delete(CLAIMS + "/hog", "");
            cluster.eventually(
                    PODS + "/late", p -> p.at("/status/phase").asText().equals("Running"));
        }
    }

    private static String claim(String name, int count) {
        return """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: %s}
            spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com, count: %d}}]}}
            """.formatted(name, count);
    }

    private static String pod(String name) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s}
            spec:
              containers: [{name: c, image: i}]
              resourceClaims: [{name: gpu, resourceClaimTemplateName: one-gpu}]
            """.formatted(name);
    }
}
