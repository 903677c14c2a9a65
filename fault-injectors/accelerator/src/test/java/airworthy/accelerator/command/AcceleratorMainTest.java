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
    private static final Pattern PORT = Pattern.compile("status at port (\\d+)");
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
            assertThat(process.waitFor(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
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
    void tells_which_devices_there_are() throws Exception {
        Running devices = run("devices");

        assertThat(devices.ended()).isZero();
        assertThat(devices.said())
                .contains("version 12.0.0.1; driver 0.0.1", StandIn.UUID, "memory 16384 MiB, of it free 16320 MiB");
    }

    @Test
    void holds_memory_until_it_is_told_to_end() throws Exception {
        Running hold = run("hold-memory", "--leave-free", "256MiB", "--for", "5m", "--status", "localhost:0");
        await().atMost(LONG_ENOUGH).until(() -> status(hold).at("/nvml/freeBytes").asLong() == 256 * StandIn.MIB);
        JsonNode status = status(hold);

        assertThat(status.at("/fault/made").asBoolean()).isTrue();
        assertThat(status.at("/fault/kind").asText()).isEqualTo("memory");
        assertThat(status.at("/fault/secondsLeft").asInt()).isBetween(200, 300);
        assertThat(status.at("/device/uuid").asText()).isEqualTo(StandIn.UUID);
        assertThat(free()).isEqualTo(256);

        hold.process().destroy();
        // 128 and SIGTERM, as a Java process ends that was told to
        assertThat(hold.ended()).isEqualTo(143);
        assertThat(hold.said()).contains("given back");
        assertThat(free()).isEqualTo(16_320);
    }

    @Test
    void leaves_nothing_behind_when_it_is_killed() throws Exception {
        Running hold = run("hold-memory", "--leave-free", "256MiB", "--for", "5m", "--status", "localhost:0");
        await().atMost(LONG_ENOUGH).until(() -> free() == 256);

        hold.process().destroyForcibly();
        assertThat(hold.ended()).isEqualTo(137);
        assertThat(free()).isEqualTo(16_320);
        assertThat(run("devices").said()).doesNotContain("process " + hold.process().pid());
    }

    @Test
    void ends_by_itself_when_its_time_is_over() throws Exception {
        Running hold = run("hold-memory", "--leave-free", "256MiB", "--most", "1GiB", "--for", "1s");

        assertThat(hold.ended()).isZero();
        assertThat(hold.said()).contains("held 1024 MiB", "given back");
        assertThat(free()).isEqualTo(16_320);
    }

    @Test
    void computes_for_a_share_of_the_time() throws Exception {
        Running burn = run("burn", "--duty", "90%", "--for", "5m", "--status", "localhost:0");
        await().atMost(LONG_ENOUGH).until(() -> status(burn).at("/nvml/utilizationPercent").asInt() > 50);

        assertThat(status(burn).at("/fault/kind").asText()).isEqualTo("neighbour");
        assertThat(status(burn).at("/fault/dutyPercent").asInt()).isEqualTo(90);
        burn.process().destroy();
        assertThat(burn.ended()).isEqualTo(143);
        assertThat(burn.said()).contains("computed for ");
    }

    @Test
    void measures_what_holes_do() throws Exception {
        Running measured = run("measure-holes", "--arena", "256MiB", "--pieces", "32MiB", "--json");

        assertThat(measured.ended()).isZero();
        JsonNode report = JSON.readTree(measured.said());
        assertThat(report.at("/states/1/state").asText()).isEqualTo("in pieces of 33554432 bytes");
        assertThat(report.at("/states/1/freeBytes").asLong()).isEqualTo(128 * StandIn.MIB);
        assertThat(report.at("/states/1/largestBytes").asLong()).isEqualTo(128 * StandIn.MIB);
        assertThat(free()).isEqualTo(16_320);
    }

    @Test
    void says_what_is_missing_where_there_is_no_driver() throws Exception {
        Running hold = start(List.of("hold-memory", "--leave-free", "1GiB", "--for", "1s", "--nvml", "/nowhere/libnvidia-ml.so.1"));

        assertThat(hold.ended()).isEqualTo(3);
        assertThat(hold.said())
                .startsWith("NVML: found none of [/nowhere/libnvidia-ml.so.1], expected the NVIDIA driver's library")
                .doesNotContain("\tat ");
    }

    @Test
    void says_which_devices_there_are_when_it_is_asked_for_another() throws Exception {
        Running hold = run("hold-memory", "--leave-free", "1GiB", "--for", "1s", "--device", "GPU-other");

        assertThat(hold.ended()).isEqualTo(3);
        assertThat(hold.said())
                .contains("found 0 devices whose UUID begins with GPU-other, expected one: name one of [" + StandIn.UUID);
    }

    @Test
    void says_what_was_expected_where_an_option_is_wrong() throws Exception {
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

    private static JsonNode status(Running running) throws Exception {
        await().atMost(LONG_ENOUGH).until(() -> PORT.matcher(running.said()).find());
        Matcher port = PORT.matcher(running.said());
        assertThat(port.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port.group(1) + "/status"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        }
    }

    private Running run(String... arguments) throws IOException {
        String library = Objects.requireNonNull(standIn).file().toString();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--nvml", library, "--cuda", library));
        return start(all);
    }

    private Running start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AcceleratorMain.class.getName()));
        command.addAll(arguments);
        Path output = folder.resolve("output-" + started.size());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put(StandIn.SHARED, folder.resolve("device").toString());
        Running running = new Running(builder.start(), output);
        started.add(running);
        return running;
    }
}
