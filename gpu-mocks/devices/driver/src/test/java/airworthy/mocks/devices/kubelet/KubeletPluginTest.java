package airworthy.mocks.devices.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.devices.Fixtures;
import airworthy.mocks.devices.kubelet.api.dra.Device;
import airworthy.mocks.devices.kubelet.api.dra.NodePrepareResourceResponse;
import airworthy.mocks.devices.kubelet.api.health.DeviceHealth;
import airworthy.mocks.devices.kubelet.api.health.HealthStatus;
import airworthy.mocks.devices.kubelet.api.health.NodeWatchResourcesResponse;
import airworthy.mocks.devices.kubelet.api.registration.PluginInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class KubeletPluginTest {

    private static final ClaimKey CHAT = new ClaimKey("team-a", "chat-gpu", "c1");
    private static final ClaimKey OTHER = new ClaimKey("team-a", "other-gpu", "c2");

    private final KubeletPaths paths;
    private final Accelerators node = Fixtures.fourGpus();
    private final Map<ClaimKey, List<AllocatedDevice>> allocated = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final UnixTransport transport = new UnixTransport();
    private final FakeKubelet kubelet;
    private final DriverLibrary library;
    private KubeletPlugin plugin;

    KubeletPluginTest(@TempDir Path folder) throws IOException {
        paths = new KubeletPaths(folder.resolve("kubelet"), folder.resolve("cdi"));
        kubelet = new FakeKubelet(paths);
        Path shipped = Files.createDirectories(folder.resolve("shipped"));
        Files.createSymbolicLink(shipped.resolve("libnvidia-ml.so.1"), Path.of("libcuda.so.1"));
        library = DriverLibrary.install(shipped, paths.plugin());
        plugin = start(node);
        allocated.put(CHAT, List.of(new AllocatedDevice("gpu", "gpu-1", "gpu-1"), device("gpu-3")));
    }

    @AfterEach
    void stop() throws IOException {
        kubelet.close();
        plugin.close();
        transport.close();
    }

    @Test
    void introducesItselfAsADraPluginWithHealth() throws IOException {
        PluginInfo info = kubelet.info();

        assertThat(info.getType()).isEqualTo("DRAPlugin");
        assertThat(info.getName()).isEqualTo("gpu.nvidia.com");
        assertThat(info.getEndpoint()).isEqualTo(paths.kubelet() + "/plugins/gpu.nvidia.com/dra.sock");
        assertThat(info.getSupportedVersionsList()).containsExactly("v1.DRAPlugin", "v1alpha1.DRAResourceHealth");
    }

    @Test
    void tellsWhetherItWasTaken() throws IOException {
        kubelet.tellRegistered(true, "");
        assertThat(refusals).isEmpty();

        kubelet.tellRegistered(false, "version not supported");

        assertThat(log)
                .containsExactly(
                        "the kubelet registered gpu.nvidia.com with [v1.DRAPlugin, v1alpha1.DRAResourceHealth]");
        assertThat(refusals)
                .containsExactly(
                        "the kubelet refused plugin gpu.nvidia.com ([v1.DRAPlugin, v1alpha1.DRAResourceHealth]):"
                                + " version not supported");
    }

    @Test
    void aPreparedClaimGivesItsContainersTheDevices() throws IOException {
        NodePrepareResourceResponse prepared = kubelet.prepare(CHAT).getClaimsOrThrow("c1");

        assertThat(prepared.getError()).isEmpty();
        assertThat(prepared.getDevicesList()).containsExactly(message("gpu-1"), message("gpu-3"));
        JsonNode spec = new ObjectMapper().readTree(Files.readString(spec("c1")));
        assertThat(spec)
                .hasToString(
                        "{\"cdiVersion\":\"0.5.0\",\"kind\":\"k8s.gpu.nvidia.com/claim\",\"devices\":[{\"name\":\"c1-gpu\",\"containerEdits\":{\"env\":[\"NVIDIA_VISIBLE_DEVICES=%s,%s\",\"AIRWORTHY_DEVICE=gpu-1/gpu-1,gpu-1/gpu-3\"],\"mounts\":[{\"hostPath\":\"%s\",\"containerPath\":\"/usr/lib/x86_64-linux-gnu/libnvidia-ml.so.1\",\"options\":[\"ro\",\"nosuid\",\"nodev\",\"bind\"]}]}}]}"
                                .formatted(
                                        node.devices().get(1).uuid(),
                                        node.devices().get(3).uuid(),
                                        paths.plugin().resolve("library/libnvidia-ml.so.1")));
        assertThat(Files.readSymbolicLink(paths.plugin().resolve("library/libnvidia-ml.so.1")))
                .hasToString("libcuda.so.1");
        assertThat(cdiFiles()).as("no half-written file is left").containsExactly(spec("c1"));
    }

    @Test
    void preparingTwiceChangesNothing() throws IOException {
        var first = kubelet.prepare(CHAT);
        Object file = key(spec("c1"));

        assertThat(kubelet.prepare(CHAT)).isEqualTo(first);
        assertThat(key(spec("c1"))).isEqualTo(file);
    }

    @Test
    void everyClaimIsAnsweredWithItsOwnError() throws IOException {
        allocated.put(OTHER, List.of(device("gpu-9")));

        var answers = kubelet.prepare(OTHER, CHAT);

        assertThat(answers.getClaimsOrThrow("c1").getError()).isEmpty();
        assertThat(answers.getClaimsOrThrow("c2").getError())
                .isEqualTo("claim team-a/other-gpu: found device gpu-9, pool gpu-1 has [gpu-0, gpu-1, gpu-2, gpu-3]");
        assertThat(answers.getClaimsOrThrow("c2").getDevicesList()).isEmpty();
    }

    @Test
    void aDeviceOfAnotherPoolIsRefused() throws IOException {
        allocated.put(OTHER, List.of(new AllocatedDevice("gpu", "gpu-7", "gpu-0")));

        assertThat(kubelet.prepare(OTHER).getClaimsOrThrow("c2").getError())
                .isEqualTo("claim team-a/other-gpu: found device gpu-0 of pool gpu-7, this node's pool is gpu-1");
    }

    @Test
    void aLostDeviceCannotBePreparedUntilItIsBack() throws Exception {
        Fixtures.pull(node, "gpu-3.lost", 1);

        assertThat(kubelet.prepare(CHAT).getClaimsOrThrow("c1").getError())
                .contains("claim team-a/chat-gpu: device gpu-1/gpu-3 (GPU-")
                .contains("cannot be reached: the GPU is lost");
        assertThat(cdiFiles()).isEmpty();

        Fixtures.pull(node, "gpu-3.lost", 0);

        assertThat(kubelet.prepare(CHAT).getClaimsOrThrow("c1").getError()).isEmpty();
    }

    @Test
    void whatWasPreparedBeforeALossStaysPrepared() throws Exception {
        var before = kubelet.prepare(CHAT);
        Fixtures.pull(node, "gpu-3.lost", 1);

        assertThat(kubelet.prepare(CHAT)).isEqualTo(before);
    }

    @Test
    void aLibraryOfAnotherVersionKeepsNewClaimsOutAndLeavesPreparedOnes() throws Exception {
        var before = kubelet.prepare(CHAT);
        Fixtures.pull(node, "libraryVersion", "570.195.3");
        allocated.put(OTHER, List.of(device("gpu-0")));

        assertThat(kubelet.prepare(CHAT)).isEqualTo(before);
        assertThat(kubelet.prepare(OTHER).getClaimsOrThrow("c2").getError())
                .contains(
                        "Failed to initialize NVML: Driver/library version mismatch; NVML library version: 570.195.3;")
                .contains("kernel module version: 550.163.1");
    }

    @Test
    void unpreparingTakesTheSpecAwayAndMayBeRepeated() throws IOException {
        kubelet.prepare(CHAT);

        assertThat(kubelet.unprepare(CHAT, OTHER).getClaimsMap()).containsOnlyKeys("c1", "c2");
        assertThat(cdiFiles()).isEmpty();
        assertThat(kubelet.unprepare(CHAT).getClaimsOrThrow("c1").getError()).isEmpty();
    }

    @Test
    void aUidThatIsNoFileNameIsRefused() throws IOException {
        ClaimKey evil = new ClaimKey("team-a", "evil", "../../x");
        allocated.put(evil, List.of(device("gpu-0")));

        assertThat(kubelet.prepare(evil).getClaimsOrThrow("../../x").getError())
                .isEqualTo("claim team-a/evil: found uid '../../x', expected letters, digits and dashes");
    }

    @Test
    void streamsHealthAtOnceAndOnEachChange() throws Exception {
        Iterator<NodeWatchResourcesResponse> stream = kubelet.watchHealth();
        assertThat(stream.next().getDevicesList())
                .extracting(DeviceHealth::getHealth)
                .containsOnly(HealthStatus.HEALTHY)
                .hasSize(4);

        Fixtures.pull(node, "gpu-3.lost", 1);

        List<DeviceHealth> lost = FakeKubelet.awaitHealth(stream, "gpu-3", HealthStatus.UNHEALTHY);
        assertThat(lost)
                .filteredOn(device -> device.getHealth() == HealthStatus.UNHEALTHY)
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.getDevice().getPoolName()).isEqualTo("gpu-1");
                    assertThat(device.getDevice().getDeviceName()).isEqualTo("gpu-3");
                    assertThat(device.getMessage()).isEqualTo("the GPU has fallen off the bus (XID 79)");
                    assertThat(device.getLastUpdatedTime()).isPositive();
                });

        Fixtures.pull(node, "gpu-3.lost", 0);

        assertThat(FakeKubelet.awaitHealth(stream, "gpu-3", HealthStatus.HEALTHY))
                .extracting(DeviceHealth::getHealth)
                .containsOnly(HealthStatus.HEALTHY);
    }

    @Test
    void withoutAHealthWatchThereIsNoHealthService() throws Exception {
        plugin.close();
        plugin = start(Fixtures.accelerators("healthTaints: false\n" + Fixtures.FOUR_GPUS));

        assertThat(kubelet.info().getSupportedVersionsList()).containsExactly("v1.DRAPlugin");
        Iterator<NodeWatchResourcesResponse> stream = kubelet.watchHealth();
        assertThatThrownBy(stream::next)
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNIMPLEMENTED");
    }

    @Test
    void itsSocketsGoWithItAndLeftoversAreReplaced() throws IOException {
        plugin.close();
        assertThat(paths.registrationSocket()).doesNotExist();
        assertThat(paths.draSocket()).doesNotExist();
        Files.writeString(paths.draSocket(), "left by a killed process");

        plugin = start(node);

        assertThat(kubelet.prepare(CHAT).getClaimsOrThrow("c1").getError()).isEmpty();
    }

    @Test
    void aFolderTooDeepForASocketIsRefused() {
        Path deep = Path.of("/tmp", "x".repeat(101));

        assertThatThrownBy(() -> transport.serve(deep.resolve("s"), List.of()))
                .hasMessage(deep + "/s: found a path of 108 bytes, a Unix socket's has at most 107");
    }

    private KubeletPlugin start(Accelerators accelerators) throws IOException {
        Allocations allocations = claim -> allocated.getOrDefault(claim, List.of());
        return KubeletPlugin.start(transport, paths, accelerators, allocations, library, log::add, refusals::add);
    }

    private static AllocatedDevice device(String name) {
        return new AllocatedDevice("gpu", "gpu-1", name);
    }

    private static Device message(String name) {
        return Device.newBuilder()
                .addRequestNames("gpu")
                .setPoolName("gpu-1")
                .setDeviceName(name)
                .addCdiDeviceIds("k8s.gpu.nvidia.com/claim=c1-gpu")
                .build();
    }

    private Path spec(String uid) {
        return paths.cdi().resolve("k8s.gpu.nvidia.com-claim_" + uid + ".json");
    }

    private List<Path> cdiFiles() throws IOException {
        if (!Files.exists(paths.cdi())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(paths.cdi())) {
            return files.toList();
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
