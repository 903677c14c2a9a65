package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import airworthy.load.Demand;
import airworthy.load.LoadProfiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code airworthy load} by workers that are pods of a real cluster, with a login that may do no more than what is documented. */
@OnRealNode(proves = "that load workers in a cluster send one schedule between them and leave nothing behind")
@Timeout(600)
class RealLoadTest {
    private static final String ENDPOINT = "http://gateway.gateway-system.svc:8080/v1";

    /** A worker that reads the end of its input while it gets warm ends only when it is. */
    private static final Duration ENDED = Duration.ofSeconds(90);

    @TempDir
    private static Path home;

    private static Platform platform;
    private static RealWorkers workers;

    @BeforeAll
    @Timeout(1_200)
    static void start() throws IOException {
        platform = Platform.startOnK3s(home);
        workers = RealWorkers.of(platform, home);
    }

    @AfterEach
    void removeWhatATestLeft() {
        workers.removeAll();
    }

    @AfterAll
    static void removeTheNode() {
        workers.close();
        platform.close();
    }

    private static String[] load(Path out, String rate, String duration) {
        return new String[] {
            "load",
            "--endpoint",
            ENDPOINT,
            "--model",
            "chat",
            "--key",
            "file:" + platform.profile().resolveSibling("keys").resolve("team-a"),
            "--rate",
            rate,
            "--duration",
            duration,
            "--workers",
            "2",
            "--kubeconfig",
            workers.login().toString(),
            "--namespace",
            RealWorkers.NAMESPACE,
            "--worker-cpu",
            "200m",
            "--out",
            out.toString()
        };
    }

    @Test
    void workersInTheClusterSendOneSchedule(@TempDir Path temp) throws IOException, InterruptedException {
        Path out = temp.resolve("out");
        Harness.Ended ended = Harness.run(Harness.Priority.TIMED, temp, load(out, "10/s", "15s"));
        System.out.println(ended.out() + ended.err());

        int wanted =
                LoadProfiles.named("chat").schedule(new Demand.Steady(10), 1).within(Duration.ofSeconds(15));
        JsonNode summary =
                new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        System.out.println(summary.path("senders") + "\n" + summary.path("trust"));
        assertThat(summary.at("/requests/scheduled").asInt())
                .as(ended.out() + ended.err())
                .isEqualTo(wanted);
        assertThat(summary.at("/requests/outcomes").toString()).isEqualTo("{\"ok\":" + wanted + "}");
        assertThat(summary.at("/ttftMs/n").asInt()).isEqualTo(wanted);
        assertThat(summary.at("/gapMs/n").asInt()).isEqualTo(wanted * 31);
        List<Long> numbers = new ArrayList<>(numbers(out.resolve("requests-1.jsonl")));
        assertThat(numbers).hasSize(Math.ceilDiv(wanted, 2)).allMatch(number -> number % 2 == 0);
        numbers.addAll(numbers(out.resolve("requests-2.jsonl")));
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, wanted).boxed().toList());
        assertThat(summary.path("senders")).hasSize(2);
        for (int index = 0; index < 2; index++) {
            JsonNode sender = summary.at("/senders/" + index);
            assertThat(sender.path("where").asText())
                    .matches("pod airworthy-load-[0-9a-f]{8}-" + index + "-.* on node .*");
            assertThat(sender.path("clockErrorMs").asDouble()).isBetween(0.0, 200.0);
        }
        assertThat(workers.jobs()).isEmpty();
        assertThat(workers.pods()).isEmpty();
        ended.with(summary.at("/trust/verdict").asText().equals("trusted") ? 0 : 3);
    }

    @Test
    void whoIsToldToStopTellsWhatWasMeasuredAndLeavesNothing(@TempDir Path temp)
            throws IOException, InterruptedException {
        Path out = temp.resolve("out");
        try (Harness harness = Harness.start(Harness.Priority.BACKGROUND, temp, load(out, "5/s", "10m"))) {
            awaitLoad(harness);
            harness.process().destroy();
            harness.awaitEnd();
        }

        assertThat(new ObjectMapper()
                        .readTree(out.resolve("summary.json").toFile())
                        .at("/requests/scheduled")
                        .asInt())
                .isPositive();
        assertThat(workers.jobs()).isEmpty();
        assertThat(workers.pods()).isEmpty();
    }

    @Test
    void workersOfAKilledHarnessEndByThemselves(@TempDir Path temp) throws IOException, InterruptedException {
        try (Harness harness =
                Harness.start(Harness.Priority.BACKGROUND, temp, load(temp.resolve("out"), "5/s", "10m"))) {
            awaitLoad(harness);
            harness.kill();
        }

        await("both workers have ended")
                .atMost(ENDED)
                .untilAsserted(
                        () -> assertThat(workers.pods().values()).hasSize(2).allMatch("Succeeded"::equals));
        assertThat(workers.jobs()).hasSize(1);
    }

    private static void awaitLoad(Harness harness) {
        await("the load is sent")
                .atMost(Duration.ofMinutes(4))
                .failFast("it ended", () -> !harness.process().isAlive())
                .until(() -> harness.out().contains(" scheduled, "));
    }

    private static List<Long> numbers(Path log) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            numbers.add(new ObjectMapper().readTree(line).path("number").asLong());
        }
        return numbers;
    }
}
