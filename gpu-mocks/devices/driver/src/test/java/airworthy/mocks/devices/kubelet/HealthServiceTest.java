package airworthy.mocks.devices.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Fixtures;
import airworthy.mocks.devices.kubelet.api.health.DRAResourceHealthGrpc;
import airworthy.mocks.devices.kubelet.api.health.DeviceHealth;
import airworthy.mocks.devices.kubelet.api.health.HealthStatus;
import airworthy.mocks.devices.kubelet.api.health.NodeWatchResourcesRequest;
import airworthy.mocks.devices.kubelet.api.health.NodeWatchResourcesResponse;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class HealthServiceTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final Path socket;
    private final Accelerators node = Fixtures.fourGpus();
    private final UnixTransport transport = new UnixTransport();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    HealthServiceTest(@TempDir Path folder) throws IOException {
        socket = folder.resolve("dra.sock");
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        transport.close();
    }

    @Test
    void aChangeIsToldWithoutWaitingForTheBeat() throws Exception {
        try (UnixServer server = serve(NEVER)) {
            Iterator<NodeWatchResourcesResponse> stream = watch(server);
            assertThat(health(stream)).containsOnly(HealthStatus.HEALTHY).hasSize(4);

            Fixtures.pull(node, "gpu-3.lost", 1);

            assertThat(health(stream))
                    .containsExactly(
                            HealthStatus.HEALTHY, HealthStatus.HEALTHY, HealthStatus.HEALTHY, HealthStatus.UNHEALTHY);
        }
    }

    @Test
    void withoutAnyChangeHealthIsToldAgain() throws Exception {
        try (UnixServer server = serve(Duration.ofMillis(20))) {
            Iterator<NodeWatchResourcesResponse> stream = watch(server);

            for (int i = 0; i < 3; i++) {
                assertThat(health(stream)).containsOnly(HealthStatus.HEALTHY).hasSize(4);
            }
        }
    }

    private UnixServer serve(Duration period) throws IOException {
        return transport.serve(socket, List.of(new HealthService(node, timer, InstantSource.system(), period)));
    }

    private Iterator<NodeWatchResourcesResponse> watch(UnixServer server) throws IOException {
        ManagedChannel channel = transport.connect(server.socket());
        return DRAResourceHealthGrpc.newBlockingStub(channel)
                .nodeWatchResources(NodeWatchResourcesRequest.getDefaultInstance());
    }

    private static List<HealthStatus> health(Iterator<NodeWatchResourcesResponse> stream) {
        return stream.next().getDevicesList().stream()
                .map(DeviceHealth::getHealth)
                .toList();
    }
}
