package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulingTest {
    private static final String CLAIMS = "/apis/resource.k8s.io/v1/namespaces/team-a/resourceclaims";
    private static final String PODS = "/api/v1/namespaces/team-a/pods";
    private static final String SLICES = "/apis/resource.k8s.io/v1/resourceslices";

    @Test
    void keepsPodsWithoutClaimsAwayFromAccelerators() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            for (String name : List.of("p", "q", "r")) {
                cluster.post(PODS, pod(name, ""));
                assertThat(running(cluster, name).at("/spec/nodeName").asText()).isEqualTo("a-cpu");
            }
        }
    }

    @Test
    void allocatesDevicesAndReservesTheClaimForThePod() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(CLAIMS, claim("two", "count: 2"));
            cluster.post(PODS, pod("p", "two"));
            JsonNode pod = running(cluster, "p");
            assertThat(pod.at("/spec/nodeName").asText()).isEqualTo("b-gpu");

            JsonNode status = cluster.get(CLAIMS + "/two").body().path("status");
            List<String> devices = new ArrayList<>();
            status.at("/allocation/devices/results")
                    .forEach(r -> devices.add(
                            r.path("driver").asText() + "/" + r.path("device").asText()));
            assertThat(devices).containsExactly("gpu.nvidia.com/gpu-0", "gpu.nvidia.com/gpu-1");
            assertThat(status.at("/reservedFor/0/uid")).isEqualTo(pod.at("/metadata/uid"));
        }
    }

    @Test
    void saysWhyNoNodeCanTakeThePodAndTriesAgainWhenDevicesAreFree() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(CLAIMS, claim("all", "count: 4"));
            cluster.post(PODS, pod("first", "all"));
            running(cluster, "first");
            cluster.post(CLAIMS, claim("one", "count: 1"));
            cluster.post(PODS, pod("second", "one"));
            assertThat(cluster.event("team-a", "FailedScheduling"))
                    .isEqualTo("0/2 nodes are available: 2 cannot allocate all claims.");

            cluster.delete(PODS + "/first", "");
            running(cluster, "second");
            assertThat(cluster.get(CLAIMS + "/all").body().at("/status").has("allocation"))
                    .isFalse();
        }
    }

    @Test
    void selectsByAttributeAndCapacity() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(
                    CLAIMS,
                    claim(
                            "big",
                            selector("device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('60Gi')) >= 0")));
            cluster.post(
                    CLAIMS,
                    claim("blackwell", selector("device.attributes['gpu.nvidia.com'].architecture == 'Blackwell'")));
            cluster.post(PODS, pod("fits", "big"));
            running(cluster, "fits");
            cluster.post(PODS, pod("never", "blackwell"));
            assertThat(cluster.event("team-a", "FailedScheduling")).contains("cannot allocate all claims");
        }
    }

    @Test
    void refusesAnExpressionThatItDoesNotRead() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(CLAIMS, claim("odd", selector("device.driver.startsWith('gpu')")));
            cluster.post(PODS, pod("p", "odd"));
            assertThat(cluster.event("team-a", "FailedScheduling"))
                    .startsWith("the simulated scheduler does not support the term 'device.driver.startsWith('gpu')'");
        }
    }

    @Test
    void leavesTaintedDevicesAlone() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode slice = cluster.get(SLICES).body().at("/items/0");
            cluster.patch(SLICES + "/" + slice.at("/metadata/name").asText(), "json-patch", """
                [{"op":"add","path":"/spec/devices/0/taints",
                  "value":[{"key":"gpu.nvidia.com/xid","value":"79","effect":"NoSchedule"}]}]
                """);
            cluster.post(CLAIMS, claim("one", "count: 1"));
            cluster.post(PODS, pod("p", "one"));
            running(cluster, "p");
            assertThat(cluster.get(CLAIMS + "/one")
                            .body()
                            .at("/status/allocation/devices/results/0/device")
                            .asText())
                    .isEqualTo("gpu-1");
        }
    }

    @Test
    void evictsThePodOfADeviceThatIsTaintedSoAndGivesTheDeviceToNobody() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(CLAIMS, claim("one", "count: 1"));
            cluster.post(PODS, pod("p", "one"));
            running(cluster, "p");
            taint(cluster, "NoExecute");

            assertThat(cluster.event("team-a", "DeviceTaintManagerEviction")).isEqualTo("Marking for deletion");
            cluster.eventually(PODS, l -> l.path("items").isEmpty());
            cluster.post(PODS, pod("q", "one"));
            running(cluster, "q");
            assertThat(device(cluster, "one")).isEqualTo("gpu-1");
        }
    }

    @Test
    void leavesThePodOfAClaimThatToleratesTheTaintAndOfADeviceThatIsOnlyNotScheduled() throws IOException {
        String tolerant = "count: 1, tolerations: [{operator: Exists, effect: NoExecute}]";
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(CLAIMS, claim("tolerant", tolerant));
            cluster.post(PODS, pod("p", "tolerant"));
            cluster.post(CLAIMS, claim("next", "count: 1"));
            running(cluster, "p");
            taint(cluster, "NoExecute");
            cluster.post(PODS, pod("q", "next"));
            running(cluster, "q");
            assertThat(running(cluster, "p").path("metadata").has("deletionTimestamp"))
                    .as("a pass of all controllers after the taint left it")
                    .isFalse();
            assertThat(cluster.get(CLAIMS + "/tolerant")
                            .body()
                            .at("/status/allocation/devices/results/0/tolerations/0/effect")
                            .asText())
                    .isEqualTo("NoExecute");
        }
    }

    @Test
    void endsATolerationWhenItsTimeIsOver() throws IOException {
        String patient = "count: 1, tolerations: [{operator: Exists, effect: NoExecute, tolerationSeconds: 1}]";
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(CLAIMS, claim("patient", patient));
            cluster.post(PODS, pod("p", "patient"));
            running(cluster, "p");
            taint(cluster, "NoExecute");
            cluster.event("team-a", "DeviceTaintManagerEviction");
        }
    }

    @Test
    void givesFreedDevicesToTheHigherPriorityFirst() throws IOException {
        String urgent =
                "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: urgent}, value: 1000}";
        try (TestCluster cluster = TestCluster.with(urgent)) {
            for (String name : List.of("holder", "early", "late")) {
                cluster.post(CLAIMS, claim(name, "count: 4"));
            }
            cluster.post(PODS, pod("holder", "holder"));
            running(cluster, "holder");
            cluster.post(PODS, pod("early", "early"));
            cluster.event("team-a", "FailedScheduling");
            cluster.post(PODS, pod("late", "late").replace("spec: {", "spec: {priorityClassName: urgent, "));

            cluster.delete(PODS + "/holder", "");
            running(cluster, "late");
            assertThat(cluster.get(PODS + "/early").body().at("/status/phase").asText())
                    .isEqualTo("Pending");
        }
    }

    @Test
    void keepsAClaimThatIsInUseUntilItsPodIsGone() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(CLAIMS, claim("held", "count: 1"));
            cluster.post(PODS, pod("p", "held"));
            running(cluster, "p");
            cluster.delete(CLAIMS + "/held", "");
            assertThat(cluster.get(CLAIMS + "/held").body().path("metadata").has("deletionTimestamp"))
                    .isTrue();
            cluster.delete(PODS + "/p", "{\"gracePeriodSeconds\":0}");
            assertThat(cluster.get(PODS + "/p").code()).isEqualTo(404);
            cluster.eventually(CLAIMS, l -> l.path("items").isEmpty());
        }
    }

    private static void taint(TestCluster cluster, String effect) {
        JsonNode slice = cluster.get(SLICES).body().at("/items/0");
        cluster.patch(
                SLICES + "/" + slice.at("/metadata/name").asText(), "json-patch", """
                    [{"op":"add","path":"/spec/devices/0/taints",
                      "value":[{"key":"gpu.nvidia.com/gpu-lost","effect":"%s","timeAdded":"%s"}]}]
                    """.formatted(effect, Instant.now()));
    }

    private static String device(TestCluster cluster, String claim) {
        return cluster.get(CLAIMS + "/" + claim)
                .body()
                .at("/status/allocation/devices/results/0/device")
                .asText();
    }

    private static JsonNode running(TestCluster cluster, String pod) {
        return cluster.eventually(
                PODS + "/" + pod, p -> p.at("/status/phase").asText().equals("Running"));
    }

    private static String selector(String expression) {
        return "count: 1, selectors: [{cel: {expression: \"" + expression + "\"}}]";
    }

    private static String claim(String name, String rest) {
        return """
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: %s}
            spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com, %s}}]}}
            """.formatted(name, rest);
    }

    private static String pod(String name, String claim) {
        String claims = claim.isEmpty() ? "[]" : "[{name: gpu, resourceClaimName: " + claim + "}]";
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s}
            spec: {containers: [{name: c, image: i}], resourceClaims: %s}
            """.formatted(name, claims);
    }
}
