package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedPlatformTest {

    private static final String P95 =
            "histogram_quantile(0.95, sum by (le, pod) (rate(vllm:inter_token_latency_seconds_bucket[2s]))) > 0.05";

    private final RunningPlatform platform;

    SimulatedPlatformTest(@TempDir Path state) throws IOException {
        platform = new RunningPlatform(RunningPlatform.CONFIG, state);
    }

    @BeforeAll
    void nobodyIsAlarmedAtStart() {
        assertThat(platform.notified()).isEmpty();
    }

    @AfterAll
    void stop() throws IOException {
        platform.close();
    }

    @Test
    void leavesASlowReplicaTellsItsOwnerAndTakesItBack() throws Exception {
        JsonNode pod = platform.kubernetes("/api/v1/namespaces/team-a/pods").at("/items/1");
        String name = pod.at("/metadata/name").asText();
        String ip = pod.at("/status/podIP").asText();
        String fired = "chat-models-pager firing ReplicaTokenLatencyHigh " + name;
        String resolved = "chat-models-pager resolved ReplicaTokenLatencyHigh " + name;
        try (RunningPlatform.Traffic traffic = platform.new Traffic()) {
            await().until(() -> traffic.last(30).contains(name));

            platform.slow(ip, 20);
            await().until(() -> traffic.all().size() > 30 && !traffic.last(30).contains(name));
            await().untilAsserted(() -> assertThat(platform.notified()).contains(fired));

            platform.slow(ip, 1);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(platform.notified()).contains(resolved));
            await().until(() -> traffic.last(30).contains(name));
            assertThat(traffic.all()).allMatch(answer -> answer.startsWith("chat-"));
        }
        assertThat(platform.notified())
                .filteredOn(text -> text.contains("Latency"))
                .containsOnly(fired, resolved);
    }

    @Test
    void tellsATenantThatItsQuotaIsReachedAndRefusesMore() throws Exception {
        String claims = "/apis/resource.k8s.io/v1/namespaces/tenant-x/resourceclaims";
        assertThat(platform.kubernetes("POST", claims, claim("one", 2)).statusCode())
                .isEqualTo(201);

        HttpResponse<String> excess = platform.kubernetes("POST", claims, claim("two", 1));

        assertThat(excess.statusCode()).isEqualTo(403);
        assertThat(excess.body()).contains("exceeded quota: accelerators");
        await().untilAsserted(() -> assertThat(platform.notified())
                .contains("tenant-x-apps-pager firing TenantAcceleratorQuotaReached gpu.nvidia.com"));
        platform.kubernetes("DELETE", claims + "/one", "");
        await().untilAsserted(() -> assertThat(platform.notified())
                .contains("tenant-x-apps-pager resolved TenantAcceleratorQuotaReached gpu.nvidia.com"));
    }

    @Test
    void movesThePodOfALostDeviceTellsTheInfrastructureWhoseItWasAndTakesTheDeviceBack() throws Exception {
        JsonNode claim = platform.kubernetes("/apis/resource.k8s.io/v1/namespaces/team-b/resourceclaims")
                .at("/items/0");
        String pod = claim.at("/status/reservedFor/0/name").asText();
        String node = claim.at("/status/allocation/devices/results/0/pool").asText();
        String device = claim.at("/status/allocation/devices/results/0/device").asText();

        platform.lose(node, device, true);

        await().untilAsserted(() -> assertThat(
                        platform.kubernetes("/api/v1/namespaces/team-b/pods").path("items"))
                .hasSize(2)
                .allSatisfy(each -> {
                    assertThat(each.at("/metadata/name").asText()).isNotEqualTo(pod);
                    assertThat(each.at("/status/containerStatuses/0/ready").asBoolean())
                            .isTrue();
                }));
        await().untilAsserted(
                        () -> assertThat(platform.notified()).contains("infra-pager firing AcceleratorLost " + pod));
        assertThat(platform.get(AddressBlock.ALERTMANAGER_PORT, "/api/v2/alerts?filter=alertname=AcceleratorLost"))
                .singleElement()
                .satisfies(alert -> assertThat(List.of("node", "device", "namespace", "workload", "pod", "owner"))
                        .extracting(label -> alert.path("labels").path(label).asText())
                        .containsExactly(node, device, "team-b", "summarise", pod, "infra"));

        platform.lose(node, device, false);
        await().untilAsserted(
                        () -> assertThat(platform.notified()).contains("infra-pager resolved AcceleratorLost " + pod));
        assertThat(platform.kubernetes("/apis/resource.k8s.io/v1/resourceslices")
                        .findValues("taints"))
                .isEmpty();
    }

    @Test
    void scrapesEachExporterOnce() throws Exception {
        await().untilAsserted(() -> assertThat(platform.query("count by (node) (DCGM_FI_DEV_XID_ERRORS)"))
                .hasSize(2)
                .allSatisfy(node -> assertThat(node.at("/value/1").asText()).isEqualTo("8")));
        assertThat(platform.query("up{job=\"accelerators\"}")).hasSize(2);
        assertThat(platform.query("up{job=\"model-servers\", namespace=\"gpu-system\"}"))
                .isEmpty();
    }

    @Test
    void givesEachModelReplicaADevice() throws Exception {
        JsonNode claims = platform.kubernetes("/apis/resource.k8s.io/v1/namespaces/team-a/resourceclaims");

        assertThat(claims.path("items"))
                .hasSize(3)
                .allSatisfy(claim -> assertThat(claim.at("/status/allocation/devices/results/0/driver")
                                .asText())
                        .isEqualTo("gpu.nvidia.com"));
    }

    @Test
    void writesWhatItsUsersNeed() throws Exception {
        assertThat(Files.readString(platform.state().resolve("platform.yaml")))
                .contains("kubeconfig: \"" + platform.state() + "/airworthy.kubeconfig\", context: airworthy-simulated")
                .contains("timeScale: 60")
                .doesNotContain("${");
        String administrator = Files.readString(platform.state().resolve("kubeconfig"));
        assertThat(administrator).contains("current-context: airworthy-simulated");
        assertThat(Files.readString(platform.state().resolve("airworthy.kubeconfig")))
                .contains("current-context: airworthy-simulated")
                .isNotEqualTo(administrator);
        assertThat(Files.getPosixFilePermissions(platform.state().resolve("keys/team-a")))
                .hasSize(2);
    }

    @Test
    void keepsTheGatewaysRequestsInItsPodsLog() throws Exception {
        String pod = platform.ask();
        String gateway = platform.kubernetes("/api/v1/namespaces/gateway-system/pods")
                .at("/items/0/metadata/name")
                .asText();

        await().untilAsserted(() -> assertThat(
                        platform.kubernetes("GET", "/api/v1/namespaces/gateway-system/pods/" + gateway + "/log", "")
                                .body())
                .contains("\"tenant\":\"team-a\",\"model\":\"chat\",\"replica\":\"" + pod + "\""));
    }

    @Test
    void servesRunbooks() throws Exception {
        assertThat(platform.text(AddressBlock.RUNBOOKS_PORT, "/token-latency")).contains("serving-latency");
        assertThat(platform.text(AddressBlock.RUNBOOKS_PORT, "/../alertmanager"))
                .contains("nothing at");
    }

    @Test
    void tellsNobodyWhenThereAreNoRules(@TempDir Path config, @TempDir Path state) throws Exception {
        copy(RunningPlatform.CONFIG, config);
        Files.writeString(config.resolve("rules.yml"), "groups: []\n");
        try (RunningPlatform silent = new RunningPlatform(config, state);
                RunningPlatform.Traffic traffic = silent.new Traffic()) {
            JsonNode pod = silent.kubernetes("/api/v1/namespaces/team-a/pods").at("/items/0");
            await().until(() ->
                    traffic.last(30).contains(pod.at("/metadata/name").asText()));
            silent.slow(pod.at("/status/podIP").asText(), 20);

            await().untilAsserted(() -> assertThat(silent.query(P95)).hasSize(1));

            // Four times what the rules and the route would have waited at this scale.
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> silent.notified().isEmpty());
            assertThat(silent.get(AddressBlock.ALERTMANAGER_PORT, "/api/v2/alerts"))
                    .isEmpty();
        }
    }

    private static String claim(String name, int count) {
        return """
            {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim", "metadata": {"name": "%s"},
             "spec": {"devices": {"requests": [{"name": "gpu",
               "exactly": {"deviceClassName": "gpu.nvidia.com", "count": %d}}]}}}\
            """.formatted(name, count);
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
