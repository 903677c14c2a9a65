package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Attribution;
import airworthy.mocks.devices.DevicesServer;
import airworthy.mocks.devices.Holder;
import airworthy.mocks.devices.NodeDevices;
import airworthy.mocks.kubernetes.runtime.ContainerExit;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MockImagesTest {

    private static final DriverPod.Cluster NO_CLUSTER = new DriverPod.Cluster() {
        @Override
        public void publish(Accelerators accelerators) {
            // nobody reads it
        }

        @Override
        public Optional<Holder> holder(String node, String device) {
            return Optional.empty();
        }
    };

    private final GpuNodes gpus =
            GpuNodes.of(new ConfigDirectory(RunningPlatform.CONFIG).devices(), 1, InstantSource.system());
    private final MockImages images =
            new MockImages(() -> "a request\n", gpus, NO_CLUSTER, (namespace, service) -> List.of(), List.of());

    MockImagesTest() throws IOException {}

    @Test
    void runsUnknownImagesAsIdle() throws IOException {
        try (RunningPod pod = images.start(pod("registry:5000/team/app:1.2", List.of(), List.of()))) {
            assertThat(pod.ready()).isTrue();
            assertThat(pod.log()).isEmpty();
        }
    }

    @Test
    void givesTheGatewaysPodItsAccessLog() throws IOException {
        try (RunningPod pod = images.start(pod("airworthy/mock-gateway:0.1", List.of(), List.of(8080)))) {
            assertThat(pod.log()).isEqualTo("a request\n");
        }
    }

    @Test
    void saysWhatAModelServerLacks() {
        assertThatThrownBy(() -> images.start(pod("airworthy/mock-inference", List.of("--modell", "chat"), List.of(1))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found args [--modell, chat]")
                .hasMessageContaining("expected --model NAME");
    }

    @Test
    void aModelServerFetchesFromTheStoreAndEndsWhereThatDoesNotHoldItsModel() throws IOException {
        String store = "airworthy.mocks.inference.StoreMain";
        try (RunningPod held = images.start(
                pod("airworthy/mock-inference:dev", List.of(store, "--hold", "chat@r1", "--port", "0"), List.of()))) {
            String url = held.log().replaceFirst("(?s).* at (\\S+)\\s*", "$1");
            List<String> args = List.of("--model", "chat", "--model-store", url, "--revision");
            try (RunningPod server = images.start(server(args, "r1"))) {
                assertThat(server.ready()).isTrue();
            }
            assertThatThrownBy(() -> images.start(server(args, "r2")))
                    .isInstanceOfSatisfying(
                            ContainerExit.class, exit -> assertThat(exit.code()).isEqualTo(65))
                    .hasMessageContainingAll("chat@r2", "answered 404");
        }
    }

    private static PodSandbox server(List<String> args, String revision) {
        List<String> all = new ArrayList<>(args);
        all.add(revision);
        return pod("airworthy/mock-inference:dev", all, List.of(0));
    }

    @Test
    void saysWhatADriverLacks() {
        assertThatThrownBy(() -> images.start(pod("airworthy/mock-devices", List.of(), List.of(1, 2))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found no accelerators of node node in devices.yaml");
    }

    @Test
    void endsAModelServerWithItsDeviceAndStartsItAgain() throws IOException, InterruptedException {
        PodSandbox.AllocatedDevice device =
                new PodSandbox.AllocatedDevice("claim", "gpu", "gpu.nvidia.com", "gpu-1", "gpu-0");
        PodSandbox.Container container = new PodSandbox.Container(
                "main", "airworthy/mock-inference", List.of("--model", "m"), Map.of(), List.of(0), Optional.empty());
        PodSandbox sandbox = new PodSandbox(
                "team",
                "pod",
                "uid",
                "gpu-1",
                "127.0.0.1",
                Map.of(),
                Map.of(),
                List.of(container),
                List.of(device),
                Duration.ZERO);
        try (RunningPod pod = images.start(sandbox);
                DevicesServer levers = DevicesServer.startLevers(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(new NodeDevices(gpus.of("gpu-1").orElseThrow(), Attribution.none())));
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(pod.ready()).isTrue();

            pull(http, levers, "gpu-0.lost", "1");
            assertThat(pod.ready()).isFalse();
            assertThat(pod.log()).contains("the device of m is lost");
            assertThatThrownBy(() -> images.start(sandbox)).hasMessageContaining("cannot be prepared: it is lost");

            pull(http, levers, "gpu-0.lost", "0");
            assertThat(pod.ready()).isTrue();
        }
    }

    @Test
    void whatRunsKeepsItsLibraryAndWhatStartsFindsAnother() throws IOException, InterruptedException {
        PodSandbox.AllocatedDevice device =
                new PodSandbox.AllocatedDevice("claim", "gpu", "gpu.nvidia.com", "gpu-1", "gpu-0");
        PodSandbox.Container container = new PodSandbox.Container(
                "main", "example.com/pause:1", List.of(), Map.of(), List.of(), Optional.empty());
        PodSandbox sandbox = new PodSandbox(
                "team",
                "pod",
                "uid",
                "gpu-1",
                "127.0.0.1",
                Map.of(),
                Map.of(),
                List.of(container),
                List.of(device),
                Duration.ZERO);
        try (RunningPod pod = images.start(sandbox);
                DevicesServer levers = DevicesServer.startLevers(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(new NodeDevices(gpus.of("gpu-1").orElseThrow(), Attribution.none())));
                HttpClient http = HttpClient.newHttpClient()) {
            pull(http, levers, "libraryVersion", "\"570.195.3\"");

            assertThat(pod.ready()).isTrue();
            assertThatThrownBy(() -> images.start(sandbox))
                    .hasMessageContaining("Failed to initialize NVML: Driver/library version mismatch");
        }
    }

    @Test
    void aModelServerThatEndsByItselfIsTakenForAnEndOfItsContainerAndItsLeversStay() throws Exception {
        PodSandbox sandbox =
                pod("airworthy/mock-inference", List.of("--model", "m", "--exit-on-oom", "true"), List.of(0));
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int start = 0; start < 2; start++) {
                try (RunningPod pod = images.start(sandbox)) {
                    assertThat(pod.exited()).isEmpty();
                    URI server = URI.create(pod.log().replaceFirst("(?s)serving m at (\\S+).*", "$1"));
                    if (start == 0) {
                        put(http, server.resolve("/admin/levers/memoryPiece"), "0.5");
                    }
                    assertThatThrownBy(() -> http.send(ask(server), HttpResponse.BodyHandlers.ofString()))
                            .isInstanceOf(IOException.class);

                    assertThat(pod.exited())
                            .hasValueSatisfying(exit -> assertThat(exit.text()).contains("CUDA out of memory"));
                    assertThat(pod.log()).contains("ERROR torch.OutOfMemoryError: CUDA out of memory");
                }
            }
        }
    }

    private static HttpRequest ask(URI server) {
        return HttpRequest.newBuilder(server.resolve("/v1/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\": \"m\", \"prompt\": \"x\"}"))
                .build();
    }

    private static void pull(HttpClient http, DevicesServer levers, String lever, String position)
            throws IOException, InterruptedException {
        put(http, levers.uri().resolve("/admin/levers/" + lever), position);
    }

    private static void put(HttpClient http, URI lever, String position) throws IOException, InterruptedException {
        assertThat(http.send(
                                HttpRequest.newBuilder(lever)
                                        .PUT(HttpRequest.BodyPublishers.ofString("{\"value\": " + position + "}"))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private static PodSandbox pod(String image, List<String> args, List<Integer> ports) {
        PodSandbox.Container container =
                new PodSandbox.Container("main", image, args, Map.of(), ports, Optional.empty());
        return new PodSandbox(
                "team",
                "pod",
                "uid",
                "node",
                "127.0.0.1",
                Map.of(),
                Map.of(),
                List.of(container),
                List.of(),
                Duration.ZERO);
    }
}
