package airworthy.probes.exporter;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExporterProbeTest {
    private static final String PAGE = """
        # HELP DCGM_FI_DEV_XID_ERRORS Value of the last XID error encountered.
        # TYPE DCGM_FI_DEV_XID_ERRORS gauge
        DCGM_FI_DEV_XID_ERRORS{gpu="3",device="nvidia3",Hostname="gpu-1",pod="a \\"b\\", c",dra_device_name="gpu-3"} 79
        DCGM_FI_DEV_XID_ERRORS{gpu="4",device="nvidia4",Hostname="gpu-1"} 0
        DCGM_FI_DEV_XID_ERRORS{gpu="3",device="nvidia3",Hostname="gpu-2"} 13
        DCGM_FI_DEV_GPU_UTIL{gpu="4",device="nvidia4",Hostname="gpu-1"} 60
        DCGM_FI_DEV_FB_USED{gpu="4",device="nvidia4",Hostname="gpu-1"} 1024 1700000000000
        go_goroutines 12
        """;

    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final ExporterProbe probe = new ExporterProbe(new HttpReads(caller));

    @AfterEach
    void close() {
        caller.close();
        server.close();
    }

    @Test
    void aDeviceIsFoundByItsNodeAndItsNameOrNumber() throws Exception {
        server.answer("/metrics", 200, PAGE);

        assertThat(present(read("gpu-1", "gpu-3"))).isEqualTo(new DeviceReadings(OptionalDouble.of(79), 0));
        assertThat(present(read("gpu-1", "gpu-4"))).isEqualTo(new DeviceReadings(OptionalDouble.of(0), 2));
        assertThat(present(read("gpu-2", "gpu-3"))).isEqualTo(new DeviceReadings(OptionalDouble.of(13), 0));
    }

    @Test
    void silenceAboutADeviceIsAReadingAndAMissingPageIsNone() throws Exception {
        server.answer("/metrics", 200, PAGE);
        assertThat(present(read("gpu-1", "gpu-5"))).isEqualTo(new DeviceReadings(OptionalDouble.empty(), 0));

        assertThat(absent(probe.read(server.base().resolve("/elsewhere"), "gpu-1", "gpu-5")))
                .contains("404");
    }

    @Test
    void aPageThatCannotBeReadIsUnreadable() throws Exception {
        server.answer("/metrics", 500, "broken");

        assertThat(read("gpu-1", "gpu-3")).isInstanceOf(Reading.Unreadable.class);
    }

    private Reading<DeviceReadings> read(String node, String device) throws InterruptedException {
        return probe.read(server.base().resolve("/metrics"), node, device);
    }
}
