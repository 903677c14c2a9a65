package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.model.Share;
import airworthy.probes.accelerator.AcceleratorProbe;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceleratorWatchTest {
    private static final long MIB = 1L << 20;

    private final HttpCaller caller = new HttpCaller(new Names(Map.of()), Limits.standard());
    private final HttpServer pod = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private volatile String device = "";

    AcceleratorWatchTest() throws IOException {
        pod.createContext("/admin/device", exchange -> {
            try (exchange) {
                byte[] body = device.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        pod.start();
    }

    @AfterEach
    void close() {
        pod.stop(0);
        caller.close();
    }

    @Test
    void memoryIsHeldWhereNvmlTellsNoMoreFreeThanIsToBeLeft() throws Exception {
        device = device(300, 70_000, 5, 0);

        Event.LandedSeen seen = look(new Fault.MemoryHeld(256));
        assertThat(seen.holds()).isTrue();
        assertThat(seen.layer()).isEqualTo(Layer.NVML);
        assertThat(seen.how())
                .isEqualTo(
                        "NVML tells 300 MiB free of 80000 MiB (H200 GPU-1, driver 580.1), of which 70000 MiB are held;"
                                + " 256 MiB are to be left");
    }

    @Test
    void memoryThatOthersGaveBackIsNotHeld() throws Exception {
        device = device(400, 70_000, 5, 0);

        assertThat(look(new Fault.MemoryHeld(256)).holds()).isFalse();
    }

    @Test
    void whereLessWasFreeFromTheStartNothingIsHeld() throws Exception {
        device = device(100, 0, 5, 0);

        Event.LandedSeen seen = look(new Fault.MemoryHeld(256));
        assertThat(seen.holds()).isFalse();
        assertThat(seen.how()).contains("no more was free, so nothing was taken");
    }

    @Test
    void aNeighbourIsOneWhileItsKernelsRunAndTheDeviceIsBusy() throws Exception {
        AcceleratorWatch watch = watch(new Fault.NoisyNeighbour(new Share(0.9)));
        device = device(300, 0, 80, 1.5);
        Event.LandedSeen first = watch.look();
        Event.LandedSeen same = watch.look();
        device = device(300, 0, 60, 2.5);
        Event.LandedSeen idle = watch.look();
        device = device(300, 0, 72, 3.5);
        Event.LandedSeen again = watch.look();

        assertThat(first.holds()).isTrue();
        assertThat(first.how())
                .isEqualTo(
                        "kernels of ours have been under way for 1.5 s; NVML tells the device busy for 80 % of the time"
                                + " (H200 GPU-1, driver 580.1)");
        assertThat(same.holds()).as("busy by others").isFalse();
        assertThat(idle.holds()).isFalse();
        assertThat(again.holds()).isTrue();
    }

    @Test
    void aFaultThatEndedByItselfIsTold() throws Exception {
        device = device(300, 70_000, 5, 0)
                .replace("{\"uuid\"", "{\"problem\": \"CUDA_ERROR_LAUNCH_FAILED (719)\", \"uuid\"");

        Event.LandedSeen seen = look(new Fault.MemoryHeld(256));
        assertThat(seen.holds()).isFalse();
        assertThat(seen.how()).isEqualTo("H200 GPU-1, driver 580.1: CUDA_ERROR_LAUNCH_FAILED (719)");
    }

    @Test
    void anAnswerThatTellsNoMemoryProvesNothing() throws Exception {
        device = "{}";

        assertThat(look(new Fault.MemoryHeld(256)).how()).contains("the device was not heard");
        pod.stop(0);
        assertThat(look(new Fault.MemoryHeld(256)).holds()).isFalse();
    }

    private Event.LandedSeen look(Fault.OfAccelerator fault) throws InterruptedException {
        return watch(fault).look();
    }

    private AcceleratorWatch watch(Fault.OfAccelerator fault) {
        return new AcceleratorWatch(
                new ScenarioId("OBS-1"),
                fault,
                URI.create("http://127.0.0.1:" + pod.getAddress().getPort() + "/admin/device"),
                new AcceleratorProbe(new HttpReads(caller)));
    }

    private static String device(long free, long held, int percent, double busySeconds) {
        return """
            {"uuid": "GPU-1", "name": "H200", "driver": "580.1", "utilizationPercent": %d,
             "held": {"bytes": %d, "busySeconds": %s}, "memory": {"totalBytes": %d, "freeBytes": %d, "usedBytes": 0}}
            """.formatted(percent, held * MIB, busySeconds, 80_000 * MIB, free * MIB);
    }
}
