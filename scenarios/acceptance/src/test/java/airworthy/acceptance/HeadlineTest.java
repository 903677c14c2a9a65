package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The first line of a scorecard, held against what the platform itself wrote down: its gateway's access log. */
@ExtendWith(Shared.class)
@ResourceLock(Shared.TIMED)
class HeadlineTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An undisturbed answer of n tokens takes 40 ms and 4 ms for each; a single slow gap of 80 ms adds more than this. */
    private static final Duration SLOW_BY = Duration.ofMillis(70);

    /** From the arrival of a request at the gateway to its first broken promise: 40 ms, a gap of 40 ms, and some slack. */
    private static final Duration BROKEN_WITHIN = Duration.ofMillis(200);

    /** Onset and effect are stamped by two clocks of one machine. */
    private static final double CLOCKS_APART_S = 0.05;

    /** One request in the gateway's access log. */
    private record Served(Instant at, String replica, String tenant, long tokens, Duration took) {
        static Served of(JsonNode line) {
            return new Served(
                    Instant.parse(line.path("time").asText()),
                    line.path("replica").asText(),
                    line.path("tenant").asText(),
                    line.path("completionTokens").asLong(),
                    Duration.ofNanos((long) (line.path("durationMs").asDouble() * 1e6)));
        }

        boolean slow() {
            return took.compareTo(Duration.ofMillis(40 + 4 * tokens).plus(SLOW_BY)) > 0;
        }
    }

    @Test
    void usersWereHurtForAsLongAndAsOftenAsTheGatewaySays(@TempDir Path temp) throws IOException, InterruptedException {
        List<Served> log;
        try (Platform platform = Platform.start(Harness.Priority.TIMED, temp)) {
            Harness.run(
                    Harness.Priority.TIMED,
                    temp,
                    "assess",
                    "--platform",
                    platform.profile().toString(),
                    "--runs",
                    temp.resolve("runs").toString(),
                    Catalogue.scenario("SRV-4").toString());
            log = accessLog(platform);
        }
        Run run = Run.in(temp.resolve("runs"));
        run.assumeLoadWasOnTime("SRV-4");
        Instant onset = wall(run, "fault-applied");
        Instant told = wall(run, "notified");
        String hit = record(run, "planned").at("/data/target/names/replica").asText();

        List<Served> slow = log.stream()
                .filter(served ->
                        served.replica().equals(hit) && served.tenant().equals("team-a"))
                .filter(served -> served.at().plus(served.took()).isAfter(onset) && served.slow())
                .toList();
        assertThat(slow).isNotEmpty();
        Instant effect = slow.stream()
                .map(served -> served.at().isBefore(onset) ? onset : served.at())
                .min(Instant::compareTo)
                .orElseThrow();

        // the log tells what the slow replica did; others may break a promise by less than it can tell
        JsonNode hurt = run.card().path("hurtBeforeTold");
        assertThat(hurt.path("requests").asLong())
                .as("requests hurt before %s; the gateway served slowly: %s", told, slow)
                .isBetween(begunBefore(slow, told.minus(BROKEN_WITHIN)), underWay(log, onset, told));
        assertThat(hurt.path("worstSeconds").asDouble())
                .isBetween(seconds(effect.plus(BROKEN_WITHIN), told), seconds(onset, told) + CLOCKS_APART_S);
    }

    private static long underWay(List<Served> log, Instant from, Instant to) {
        return log.stream()
                .filter(served -> served.tenant().equals("team-a"))
                .filter(served -> served.at().plus(served.took()).isAfter(from)
                        && served.at().isBefore(to))
                .count();
    }

    private static long begunBefore(List<Served> slow, Instant instant) {
        return slow.stream().filter(served -> served.at().isBefore(instant)).count();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static Instant wall(Run run, String type) throws IOException {
        return Instant.parse(record(run, type).path("wall").asText());
    }

    private static JsonNode record(Run run, String type) throws IOException {
        return run.journal().stream()
                .filter(each -> each.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow(() -> new IOException("the journal holds no record " + type));
    }

    private static List<Served> accessLog(Platform platform) throws IOException {
        List<Served> served = new ArrayList<>();
        try (KubernetesClient client = platform.client()) {
            for (Pod pod : client.pods().inNamespace("gateway-system").list().getItems()) {
                for (String line : client.pods().resource(pod).getLog().lines().toList()) {
                    served.add(Served.of(JSON.readTree(line)));
                }
            }
        }
        return served;
    }
}
