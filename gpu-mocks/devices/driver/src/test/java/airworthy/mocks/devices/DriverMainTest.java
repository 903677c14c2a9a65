package airworthy.mocks.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.mocks.devices.cluster.FakeApi;
import airworthy.mocks.devices.kubelet.ClaimKey;
import airworthy.mocks.devices.kubelet.FakeKubelet;
import airworthy.mocks.devices.kubelet.KubeletPaths;
import airworthy.mocks.devices.kubelet.api.health.DeviceHealth;
import airworthy.mocks.devices.kubelet.api.health.HealthStatus;
import airworthy.mocks.devices.kubelet.api.health.NodeWatchResourcesResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@EnabledOnOs(OS.LINUX)
class DriverMainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final FakeApi api;
    private final FakeKubelet kubelet;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    DriverMainTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        api = new FakeApi();
        kubelet = new FakeKubelet(new KubeletPaths(folder.resolve("kubelet"), folder.resolve("cdi")));
        Files.writeString(folder.resolve("devices.yaml"), Fixtures.FOUR_GPUS);
    }

    @AfterEach
    void stop() throws IOException {
        kubelet.close();
        api.close();
    }

    @Test
    void aLostDeviceIsSeenByTheSchedulerTheKubeletAndTheExporterUntilTheKubeletRefusesUs() throws Exception {
        api.allocate("team-a", "chat-gpu", "c1", "gpu-3");
        api.put("/api/v1/pods", """
            {"items": [{"metadata": {"namespace": "team-a", "name": "chat-1", "labels": {"app": "chat"}}}]}\
            """);
        CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> run());
        await().atMost(PATIENCE).until(() -> api.slices().size() == 1 && text().contains("series on"));
        Iterator<NodeWatchResourcesResponse> health = kubelet.watchHealth();
        assertThat(health.next().getDevicesList()).hasSize(4);
        assertThat(kubelet.prepare(new ClaimKey("team-a", "chat-gpu", "c1"))
                        .getClaimsOrThrow("c1")
                        .getError())
                .isEmpty();
        kubelet.runs("team-a", "chat-1", "server", "chat-gpu", "gpu.nvidia.com", "gpu-3");
        await().atMost(PATIENCE).until(() -> metrics().contains("pod=\"chat-1\""));

        Fixtures.pull(uri("levers"), "gpu-3.lost", 1);

        await().atMost(PATIENCE)
                .until(() -> api.slices()
                        .getFirst()
                        .at("/spec/devices/3/taints/0/key")
                        .asText()
                        .equals("gpu.nvidia.com/gpu-lost"));
        assertThat(FakeKubelet.awaitHealth(health, "gpu-3", HealthStatus.UNHEALTHY))
                .extracting(DeviceHealth::getHealth)
                .containsExactly(
                        HealthStatus.HEALTHY, HealthStatus.HEALTHY, HealthStatus.HEALTHY, HealthStatus.UNHEALTHY);
        assertThat(metrics().lines().filter(line -> line.contains("gpu=\"3\"")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("DCGM_FI_DEV_XID_ERRORS{")
                        .contains(
                                "namespace=\"team-a\",pod=\"chat-1\",container=\"server\",dra_claim_name=\"chat-gpu\"")
                        .contains("app=\"chat\"")
                        .endsWith("} 79"));

        kubelet.runsNothing();

        await().atMost(PATIENCE).until(() -> !metrics().contains("chat-1"));

        kubelet.tellRegistered(false, "no such API");

        assertThat(end.join()).isEqualTo(1);
        assertThat(text())
                .contains("the kubelet refused plugin gpu.nvidia.com ([v1.DRAPlugin, v1alpha1.DRAResourceHealth]): no"
                        + " such API");
        assertThat(kubelet.seesPlugin()).isFalse();
    }

    @Test
    void aDeviceOfAnotherDriverIsNobodysBusinessHere() throws Exception {
        kubelet.runs("team-a", "net-1", "server", "nic", "dra.net", "gpu-2");
        CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> run());
        await().atMost(PATIENCE).until(() -> api.slices().size() == 1 && text().contains("series on"));
        kubelet.runs("team-a", "chat-1", "server", "chat-gpu", "gpu.nvidia.com", "gpu-1");
        await().atMost(PATIENCE).until(() -> metrics().contains("chat-1"));

        assertThat(metrics()).doesNotContain("net-1");

        kubelet.tellRegistered(false, "");
        assertThat(end.join()).isEqualTo(1);
    }

    @Test
    void withTheApiAloneSeveralNodesArePublished() throws Exception {
        Files.writeString(folder.resolve("devices.yaml"), Fixtures.FOUR_GPUS.replace("gpu-1", "\"*\""));
        api.put("/api/v1/nodes/kwok-1", "{\"metadata\": {\"uid\": \"k1\"}}");
        api.put("/api/v1/nodes/kwok-2", "{\"metadata\": {\"uid\": \"k2\"}}");
        DriverOptions options = new DriverOptions();
        new CommandLine(options)
                .parseArgs(arguments("--node", "kwok-1,kwok-2", "--api-only").toArray(String[]::new));

        try (Driver driver = Driver.start(options, this::log)) {
            assertThat(driver).isNotNull();
            await().atMost(PATIENCE).until(() -> api.slices().size() == 2);
            assertThat(api.slices())
                    .extracting(slice -> slice.at("/spec/nodeName").asText())
                    .containsExactly("kwok-1", "kwok-2");
            Fixtures.pull(uri("levers").resolve("/nodes/kwok-2/"), "gpu-0.xid", 48);
            await().atMost(PATIENCE)
                    .until(
                            () -> api.slices()
                                    .get(1)
                                    .at("/spec/devices/0/taints/0/value")
                                    .asText(),
                            "48"::equals);
            assertThat(api.slices().get(0).at("/spec/devices/0").has("taints")).isFalse();
        }
        assertThat(kubelet.seesPlugin()).isFalse();
    }

    @Test
    void tellsWhatIsWrongWithItsCommandLine() {
        assertThat(DriverMain.run(stream(), "--node", "a,b")).isEqualTo(2);
        assertThat(text()).contains("--node: found [a, b], expected one name; several go with --api-only");
        assertThat(DriverMain.run(stream(), "--node", "a", "--levers", "9401")).isEqualTo(2);
        assertThat(text()).contains("'--levers': found 9401, expected HOST:PORT");
        assertThat(DriverMain.run(stream(), "--nod", "a")).isEqualTo(2);
        assertThat(DriverMain.run(stream(), "--help")).isZero();
    }

    @Test
    void endsWhenItCannotStart() throws IOException {
        Files.writeString(folder.resolve("devices.yaml"), Fixtures.FOUR_GPUS.replace("gpu-1", "gpu-9"));
        assertThat(run()).isEqualTo(1);
        assertThat(text())
                .contains("cannot start: " + folder.resolve("devices.yaml")
                        + ": accelerators: found none for node gpu-1, expected a group for it");

        Files.delete(folder.resolve("devices.yaml"));
        assertThat(run()).isEqualTo(1);
        assertThat(text()).contains("found no file " + folder.resolve("devices.yaml"));
    }

    private int run() {
        return DriverMain.run(stream(), arguments("--node", "gpu-1").toArray(String[]::new));
    }

    private List<String> arguments(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--config=" + folder.resolve("devices.yaml"),
                                "--api=" + api.uri(),
                                "--levers=127.0.0.1:0",
                                "--metrics=127.0.0.1:0",
                                "--kubelet-root=" + folder.resolve("kubelet"),
                                "--cdi-root=" + folder.resolve("cdi")),
                        Arrays.stream(more))
                .toList();
    }

    private PrintStream stream() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private void log(String line) {
        stream().println(line);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private URI uri(String what) {
        Matcher line = Pattern.compile(what + " on (http://[^\\s,]+)").matcher(text());
        assertThat(line.find()).as("%s in %s", what, text()).isTrue();
        return URI.create(line.group(1));
    }

    private String metrics() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(uri("series").resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
