package airworthy.probes.driver;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.stub.Callers;
import airworthy.probes.stub.StubServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverLogProbeTest {
    private static final String SOUND =
            "gpu-1: NVML initialised; NVML library version: 550.163.1; kernel module version: 550.163.1\n";
    private static final String BROKEN = "2026-03-01T10:00:00Z gpu-1: Failed to initialize NVML: Driver/library version"
            + " mismatch; NVML library version: 570.195.3; kernel module version: 550.163.1\n";

    private final StubServer server = new StubServer();
    private final HttpCaller caller = Callers.patient();
    private final DriverLogProbe probe = new DriverLogProbe(new HttpReads(caller));

    @AfterEach
    void close() {
        caller.close();
        server.close();
    }

    @Test
    void theLastWordOnANodeCounts() throws Exception {
        server.answer("/log", 200, "levers on 1.2.3.4\n" + SOUND + BROKEN + SOUND.replace("gpu-1", "gpu-2"));
        assertThat(present(read("/log"))).isEqualTo(new DriverWords("550.163.1", "570.195.3", true, BROKEN.strip()));

        server.answer("/later", 200, SOUND + BROKEN + SOUND);
        assertThat(present(read("/later"))).isEqualTo(new DriverWords("550.163.1", "550.163.1", false, SOUND.strip()));
    }

    @Test
    void aLogWithoutVersionsSaysNothing() throws Exception {
        server.answer("/log", 200, "Failed to initialize NVML: Unknown Error\n");

        assertThat(absent(read("/log"))).contains("no line tells the versions of node gpu-1");
    }

    private Reading<DriverWords> read(String path) throws InterruptedException {
        return probe.read(server.base().resolve(path), "gpu-1");
    }
}
