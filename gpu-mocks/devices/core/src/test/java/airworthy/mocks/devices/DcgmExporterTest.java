package airworthy.mocks.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DcgmExporterTest {

    private static final Holder CHAT = new Holder(
            "team-a",
            "chat-1",
            "server",
            "chat-1-gpu-x7",
            Map.of("app", "chat", "owner", "chat-models", "app.kubernetes.io/name", "c\"t", "pod", "shadow"));

    @Test
    void anIdleGpuHasEverySeriesAndNoHolder() {
        Accelerators node = Node.whole("");

        List<String> lines = of(page(node, Attribution.none()), "gpu=\"3\"");

        String labels =
                "{gpu=\"3\",UUID=\"%s\",pci_bus_id=\"00000000:3C:00.0\",device=\"nvidia3\",modelName=\"NVIDIA H100 80GB HBM3\",Hostname=\"gpu-1\",DCGM_FI_DRIVER_VERSION=\"550.163.1\"} "
                        .formatted(node.devices().get(3).uuid());
        assertThat(lines)
                .containsExactly(
                        "DCGM_FI_DEV_XID_ERRORS" + labels + "0",
                        "DCGM_FI_DEV_GPU_UTIL" + labels + "0",
                        "DCGM_FI_DEV_FB_FREE" + labels + (81559 - 596),
                        "DCGM_FI_DEV_FB_USED" + labels + "0",
                        "DCGM_FI_DEV_FB_RESERVED" + labels + "596",
                        "DCGM_FI_DEV_GPU_TEMP" + labels + "31",
                        "DCGM_FI_DEV_POWER_USAGE" + labels + "72");
    }

    @Test
    void everyMetricIsDescribedOnceForAllNodes() {
        DcgmExporter exporter = new DcgmExporter(List.of(
                new NodeDevices(Node.whole(""), Attribution.none()),
                new NodeDevices(Node.partitioned(), Attribution.none())));

        List<String> lines = exporter.text().lines().toList();

        assertThat(lines)
                .filteredOn(line -> line.startsWith("# TYPE"))
                .hasSize(7)
                .doesNotHaveDuplicates();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("DCGM_FI_DEV_XID_ERRORS"))
                .hasSize(8 + 3);
    }

    @Test
    void aHeldGpuNamesItsHolderAndItsClaim() {
        String page = page(Node.whole(""), heldBy("gpu-3"));

        String held = "namespace=\"team-a\",pod=\"chat-1\",container=\"server\",dra_claim_name=\"chat-1-gpu-x7\","
                + "dra_claim_namespace=\"team-a\",dra_driver_name=\"gpu.nvidia.com\",dra_pool_name=\"gpu-1\","
                + "dra_device_name=\"gpu-3\",app=\"chat\",app_kubernetes_io_name=\"c\\\"t\",owner=\"chat-models\"}";
        assertThat(of(page, "gpu=\"3\""))
                .hasSize(7)
                .allSatisfy(line -> assertThat(line).contains(held));
        assertThat(of(page, "gpu=\"2\""))
                .hasSize(7)
                .noneSatisfy(line -> assertThat(line).contains("team-a"));
        assertThat(value(page, "FB_USED", "gpu=\"3\"")).isEqualTo((long) ((81559 - 596) * 0.9));
        assertThat(value(page, "GPU_UTIL", "gpu=\"3\"")).isEqualTo(60);
    }

    @Test
    void aLostGpuKeepsOnlyItsLastXidAndItsHolder() {
        Accelerators node = Node.whole("");

        Node.pull(node, 3, DeviceLever.LOST, 1);

        String page = page(node, heldBy("gpu-3"));
        assertThat(of(page, "gpu=\"3\""))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("DCGM_FI_DEV_XID_ERRORS{gpu=\"3\"")
                        .contains("pod=\"chat-1\"")
                        .endsWith("} 79"));
        assertThat(of(page, "gpu=\"2\"")).hasSize(7);

        Node.pull(node, 3, DeviceLever.LOST, 0);

        assertThat(of(page(node, Attribution.none()), "gpu=\"3\"")).hasSize(7);
        assertThat(value(page(node, Attribution.none()), "XID_ERRORS", "gpu=\"3\""))
                .isZero();
    }

    @Test
    void takenMemoryLeavesThatMuchLess() {
        Accelerators node = Node.whole("");
        Node.pull(node, 3, DeviceLever.MEMORY_TAKEN, 4L << 30);

        String idle = page(node, Attribution.none());
        assertThat(value(idle, "FB_USED", "gpu=\"3\"")).isEqualTo(4096);
        assertThat(value(idle, "FB_FREE", "gpu=\"3\"")).isEqualTo(81559 - 596 - 4096);

        Node.pull(node, 3, DeviceLever.MEMORY_TAKEN, 64L << 30);

        String held = page(node, heldBy("gpu-3"));
        assertThat(value(held, "FB_FREE", "gpu=\"3\""))
                .as("no more than there is")
                .isZero();
        assertThat(value(held, "FB_USED", "gpu=\"3\"")).isEqualTo(81559 - 596);
    }

    @Test
    void aPartitionIsNamedAndHasNoUtilisation() {
        Accelerators node = Node.partitioned();

        List<String> lines = of(page(node, heldBy("gpu-0-mig-9-4-4")), "GPU_I_ID=\"3\"");

        assertThat(lines)
                .hasSize(6)
                .allSatisfy(line -> assertThat(line)
                        .contains("GPU_I_PROFILE=\"3g.40gb\"")
                        .contains("dra_mig_profile=\"3g.40gb\"")
                        .contains(
                                "dra_mig_device_uuid=\"" + node.devices().get(2).uuid() + "\""));
        assertThat(lines).noneSatisfy(line -> assertThat(line).startsWith("DCGM_FI_DEV_GPU_UTIL"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("DCGM_FI_DEV_FB_RESERVED"))
                .singleElement()
                .satisfies(line -> assertThat(line).as("its share of 596").endsWith("} 294"));
    }

    private static Attribution heldBy(String device) {
        return asked -> asked.equals(device) ? Optional.of(CHAT) : Optional.empty();
    }

    private static String page(Accelerators node, Attribution attribution) {
        return new DcgmExporter(List.of(new NodeDevices(node, attribution))).text();
    }

    private static List<String> of(String page, String label) {
        return page.lines().filter(line -> line.contains(label)).toList();
    }

    private static long value(String page, String metric, String label) {
        return of(page, label).stream()
                .filter(line -> line.startsWith("DCGM_FI_DEV_" + metric + "{"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
