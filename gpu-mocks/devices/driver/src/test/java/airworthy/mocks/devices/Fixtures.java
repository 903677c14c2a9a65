package airworthy.mocks.devices;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;

/** Node gpu-1 with four GPUs, and how its levers are pulled. */
public final class Fixtures {

    public static final String FOUR_GPUS = """
        accelerators:
          - node: gpu-1
            productName: NVIDIA H100 80GB HBM3
            brand: Nvidia
            architecture: Hopper
            cudaComputeCapability: 9.0.0
            count: 4
            memoryBytes: 85520809984
            driverVersion: 550.163.1
            cudaDriverVersion: 12.4.0
        """;

    private Fixtures() {}

    public static Accelerators fourGpus() {
        return accelerators(FOUR_GPUS);
    }

    public static Accelerators accelerators(String yaml) {
        try {
            return Accelerators.of(Inventory.parse(yaml), "gpu-1", "1", () -> Instant.parse("2026-03-01T10:00:00Z"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pulls a lever as everybody does, over HTTP. */
    public static void pull(Accelerators node, String lever, Object value) throws IOException, InterruptedException {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (DevicesServer server =
                DevicesServer.startLevers(anywhere, List.of(new NodeDevices(node, Attribution.none())))) {
            pull(server.uri(), lever, value);
        }
    }

    static void pull(URI levers, String lever, Object value) throws IOException, InterruptedException {
        String base = levers.getPath().isEmpty() ? "/" : levers.getPath();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(levers.resolve(base + "admin/levers/" + lever))
                            .PUT(HttpRequest.BodyPublishers.ofString(
                                    "{\"value\": " + (value instanceof String text ? '"' + text + '"' : value) + "}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("lever refused: " + response.body());
            }
        }
    }
}
