package airworthy.accelerator.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.accelerator.StandIn;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as others meet it: as processes that share a device. */
class AcceleratorMainTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("levers at port (\\d+)");
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder = Path.of("");

    private final List<Running> started = new ArrayList<>();
    private @Nullable StandIn standIn;

    private record Running(Process process, Path output) {
        String said() throws IOException {
            return Files.readString(output);
        }

        int ended() throws InterruptedException {
            assertThat(process.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            return process.exitValue();
        }
    }

    @BeforeEach
    void compile() throws Exception {
        standIn = StandIn.in(folder);
    }

    @AfterEach
    void end() {
        started.forEach(each -> each.process().destroyForcibly());
    }

    @Test
    void tellsWhichDevicesThereAre() throws Exception {
        Running devices = run("devices");

        assertThat(devices.ended()).isZero();
        assertThat(devices.said())
                .contains("version 12.0.0.1; driver 0.0.1", StandIn.UUID, "memory 16384 MiB, of it free 16320 MiB");
    }

    @Test
    void holdsMemoryUntilItIsToldToEnd() throws Exception {
        Running hold = run("hold-memory", "--leave-free", "256MiB", "--for", "5m");
        await().atMost(LONG_ENOUGH).until(() -> free() == 256);

        hold.process().destroy();
        // 128 and SIGTERM, as a Java process ends that was told to
        assertThat(hold.ended()).isEqualTo(143);
        assertThat(hold.said()).contains("for 300 s at the most", "holding 16048 MiB", "given back");
        assertThat(free()).isEqualTo(16_320);
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() throws Exception {
        Running hold = run("hold-memory", "--leave-free", "256MiB", "--for", "5m");
        await().atMost(LONG_ENOUGH).until(() -> free() == 256);

        hold.process().destroyForcibly();
        assertThat(hold.ended()).isEqualTo(137);
        assertThat(free()).isEqualTo(16_320);
    }

    @Test
    void endsByItselfWhenItsTimeIsOver() throws Exception {
        Running hold = run("hold-memory", "--leave-free", "256MiB", "--most", "1GiB", "--for", "1s");

        assertThat(hold.ended()).isZero();
        assertThat(hold.said()).contains("holding 1024 MiB", "given back");
        assertThat(free()).isEqualTo(16_320);
    }

    @Test
    void computesForAShareOfTheTime() throws Exception {
        Running burn = run("burn", "--duty", "90%", "--for", "1s");

        assertThat(burn.ended()).isZero();
        Matcher computed =
                Pattern.compile("(?s).*computing, for ([0-9.]+) s up to now").matcher(burn.said());
        assertThat(computed.find()).as(burn.said()).isTrue();
        // a busy machine may start few periods; none is cut short
        assertThat(Double.parseDouble(computed.group(1))).isBetween(0.018, 1.1);
    }

    @Test
    void servesLeversAndTellsWhatTheDeviceSays() throws Exception {
        Running serve = run(
                "serve",
                "--admin",
                "localhost:0",
                "--expires",
                Instant.now().plusSeconds(600).toString());
        assertThat(call(serve, "GET", "ready", "").statusCode()).isEqualTo(200);
        assertThat(value(call(serve, "GET", "levers/leaveFreeMiB", ""))).isEqualTo(-1);

        assertThat(value(call(serve, "PUT", "levers/leaveFreeMiB", "{\"value\": 256, \"expect\": -1}")))
                .isEqualTo(256);
        JsonNode device = JSON.readTree(call(serve, "GET", "device", "").body());
        assertThat(device.at("/memory/freeBytes").asLong()).isEqualTo(256 * StandIn.MIB);
        assertThat(device.at("/held/bytes").asLong()).isEqualTo(16_048 * StandIn.MIB);
        assertThat(device.at("/uuid").asText()).isEqualTo(StandIn.UUID);
        assertThat(device.at("/processes/0/pid").asLong())
                .isEqualTo(serve.process().pid());
        assertThat(free()).isEqualTo(256);

        assertThat(value(call(serve, "PUT", "levers/leaveFreeMiB", "{\"value\": -1, \"expect\": 256}")))
                .isEqualTo(-1);
        assertThat(free()).isEqualTo(16_304);
    }

    @Test
    void aLeverMakesTheDeviceBusy() throws Exception {
        Running serve = run(
                "serve",
                "--admin",
                "localhost:0",
                "--expires",
                Instant.now().plusSeconds(600).toString());
        assertThat(value(call(serve, "PUT", "levers/dutyPercent", "{\"value\": 90, \"expect\": 0}")))
                .isEqualTo(90);

        await().atMost(LONG_ENOUGH)
                .until(() -> JSON.readTree(call(serve, "GET", "device", "").body())
                                .at("/utilizationPercent")
                                .asInt()
                        > 50);
    }

    @Test
    void aLeverIsAtRestOnceTheTimeIsOver() throws Exception {
        Running serve = run(
                "serve",
                "--admin",
                "localhost:0",
                "--expires",
                Instant.now().plusSeconds(8).toString());
        assertThat(call(serve, "PUT", "levers/leaveFreeMiB", "{\"value\": 256}").statusCode())
                .isEqualTo(200);

        await().atMost(LONG_ENOUGH).until(() -> value(call(serve, "GET", "levers/leaveFreeMiB", "")) == -1);
        assertThat(free()).isEqualTo(16_304);
        assertThat(serve.process().isAlive()).isTrue();
    }

    @Test
    void aLeverThatStandsElsewhereIsLeft() throws Exception {
        Running serve = run(
                "serve",
                "--admin",
                "localhost:0",
                "--expires",
                Instant.now().plusSeconds(600).toString());
        HttpResponse<String> answer = call(serve, "PUT", "levers/dutyPercent", "{\"value\": 50, \"expect\": 10}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(value(answer)).isZero();
        assertThat(call(serve, "PUT", "levers/dutyPercent", "{\"value\": 101}").body())
                .contains("dutyPercent: found 101.0, expected a number from 0.0 to 100.0");
        assertThat(call(serve, "PUT", "levers/other", "{\"value\": 1}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDeviceThatIsLostIsTold() throws Exception {
        Running serve = run(
                "serve",
                "--admin",
                "localhost:0",
                "--expires",
                Instant.now().plusSeconds(600).toString());
        assertThat(call(serve, "GET", "ready", "").statusCode()).isEqualTo(200);
        lose();

        assertThat(call(serve, "GET", "ready", "").statusCode()).isEqualTo(500);
        assertThat(call(serve, "PUT", "levers/dutyPercent", "{\"value\": 50}").body())
                .contains("CUDA_ERROR_LAUNCH_FAILED (719)");
        assertThat(value(call(serve, "GET", "levers/dutyPercent", ""))).isZero();
    }

    @Test
    void measuresWhatHolesDo() throws Exception {
        Running measured = run("measure-holes", "--arena", "256MiB", "--pieces", "32MiB", "--json");

        assertThat(measured.ended()).isZero();
        JsonNode report = JSON.readTree(measured.said());
        assertThat(report.at("/states/1/state").asText()).isEqualTo("in pieces of 33554432 bytes");
        assertThat(report.at("/states/1/freeBytes").asLong()).isEqualTo(128 * StandIn.MIB);
        assertThat(report.at("/states/1/largestBytes").asLong()).isEqualTo(128 * StandIn.MIB);
        assertThat(free()).isEqualTo(16_320);
    }

    @Test
    void saysWhatIsMissingWhereThereIsNoDriver() throws Exception {
        Running hold = start(
                List.of("hold-memory", "--leave-free", "1GiB", "--for", "1s", "--nvml", "/nowhere/libnvidia-ml.so.1"));

        assertThat(hold.ended()).isEqualTo(3);
        assertThat(hold.said())
                .startsWith("NVML: found none of [/nowhere/libnvidia-ml.so.1], expected the NVIDIA driver's library")
                .doesNotContain("\tat ");
    }

    @Test
    void saysWhichDevicesThereAreWhenItIsAskedForAnother() throws Exception {
        Running hold = run("hold-memory", "--leave-free", "1GiB", "--for", "1s", "--device", "GPU-other");

        assertThat(hold.ended()).isEqualTo(3);
        assertThat(hold.said())
                .contains(
                        "found 0 devices whose UUID begins with GPU-other, expected one: name one of [" + StandIn.UUID);
    }

    @Test
    void saysWhatWasExpectedWhereAnOptionIsWrong() throws Exception {
        Running burn = run("burn", "--duty", "120%", "--for", "1s");
        Running hold = run("hold-memory", "--leave-free", "lots", "--for", "1s");
        Running forgotten = run("hold-memory", "--leave-free", "1GiB", "--for", "25h");

        assertThat(burn.ended()).isEqualTo(2);
        assertThat(burn.said()).contains("--duty: found '120%', expected 1% to 100%");
        assertThat(hold.ended()).isEqualTo(2);
        assertThat(hold.said()).contains("found 'lots', expected MiB or GiB, for example 512MiB");
        assertThat(forgotten.ended()).isEqualTo(2);
        assertThat(forgotten.said()).contains("found '25h', expected 1s to 24h");
    }

    /** What another process finds free, in MiB. */
    private int free() throws IOException, InterruptedException {
        Running devices = run("devices");
        assertThat(devices.ended()).isZero();
        Matcher free = Pattern.compile("of it free (\\d+) MiB").matcher(devices.said());
        assertThat(free.find()).as(devices.said()).isTrue();
        return Integer.parseInt(free.group(1));
    }

    /** The device of the processes is lost, which any of them may say. */
    private void lose() throws Exception {
        String library = Objects.requireNonNull(standIn).file().toString();
        Running told = start(StandIn.class.getName(), List.of(library, "lost", "1"));
        assertThat(told.ended()).as(told.said()).isZero();
    }

    private static HttpResponse<String> call(Running running, String method, String path, String body)
            throws Exception {
        await().atMost(LONG_ENOUGH).until(() -> PORT.matcher(running.said()).find());
        Matcher port = PORT.matcher(running.said());
        assertThat(port.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port.group(1) + "/admin/" + path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int value(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("value").asInt();
    }

    private Running run(String... arguments) throws IOException {
        String library = Objects.requireNonNull(standIn).file().toString();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--nvml", library, "--cuda", library));
        return start(all);
    }

    private Running start(List<String> arguments) throws IOException {
        return start(AcceleratorMain.class.getName(), arguments);
    }

    private Running start(String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(arguments);
        Path output = folder.resolve("output-" + started.size());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put(StandIn.SHARED, folder.resolve("device").toString());
        Running running = new Running(builder.start(), output);
        started.add(running);
        return running;
    }
}
