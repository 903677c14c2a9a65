package airworthy.accelerator.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.accelerator.StandIn;
import airworthy.accelerator.nvml.Nvml;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {
    private static final String LABELS = "{gpu=\"0\",UUID=\"" + StandIn.UUID
            + "\",pci_bus_id=\"00000000:3B:00.0\",device=\"nvidia3\",modelName=\"Stand-in \\\"1\\\"\",Hostname=\"node-1\","
            + "DCGM_FI_DRIVER_VERSION=\"0.0.1\"} ";

    @TempDir
    private Path folder = Path.of("");

    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void tellsFiguresUnderDcgmsNames() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (Nvml nvml = standIn.nvml();
                Exporter exporter = start(nvml)) {
            assertThat(get(exporter).body().lines().filter(line -> !line.startsWith("#")))
                    .containsExactly(
                            "DCGM_FI_DEV_SM_CLOCK" + LABELS + "1980",
                            "DCGM_FI_DEV_MEM_CLOCK" + LABELS + "3201",
                            "DCGM_FI_DEV_GPU_TEMP" + LABELS + "41",
                            "DCGM_FI_DEV_POWER_USAGE" + LABELS + "70.5",
                            "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION" + LABELS + "5000000000",
                            "DCGM_FI_DEV_GPU_UTIL" + LABELS + "0",
                            "DCGM_FI_DEV_MEM_COPY_UTIL" + LABELS + "0",
                            "DCGM_FI_DEV_FB_FREE" + LABELS + "16320",
                            "DCGM_FI_DEV_FB_USED" + LABELS + "0",
                            "DCGM_FI_DEV_FB_RESERVED" + LABELS + "64",
                            "airworthy_exporter_info{source=\"nvml\",driver_version=\"0.0.1\"} 1");
            assertThat(log).isEmpty();
        }
    }

    @Test
    void tellsTheLastXidOnceThereWasOne() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (Nvml nvml = standIn.nvml();
                Exporter exporter = start(nvml)) {
            standIn.set("xid", 31);

            await().untilAsserted(() ->
                    assertThat(get(exporter).body()).contains("\nDCGM_FI_DEV_XID_ERRORS" + LABELS + "31\n"));
        }
    }

    @Test
    void aDeviceThatIsLostLeavesNoFiguresThatLookAlive() throws Exception {
        StandIn standIn = StandIn.in(folder);
        try (Nvml nvml = standIn.nvml();
                Exporter exporter = start(nvml)) {
            standIn.set("lost", 1);
            HttpResponse<String> answer = get(exporter);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("NVML_ERROR_GPU_IS_LOST (15)");
        }
    }

    private Exporter start(Nvml nvml) throws Exception {
        return Exporter.start(nvml, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "node-1", log::add);
    }

    private static HttpResponse<String> get(Exporter exporter) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + exporter.port() + "/metrics"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
