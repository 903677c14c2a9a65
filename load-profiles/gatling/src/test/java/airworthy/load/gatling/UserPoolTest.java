package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.model.RequestOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two users, more requests than they can send. */
class UserPoolTest {

    private static final Duration PATIENT = Duration.ofMinutes(1);

    @Test
    void skipsWhatFindsNoUserAndWakesAUserAgainOnceItIsFree(@TempDir Path folder)
            throws IOException, InterruptedException {
        Heard hanging = new Heard();
        Heard answered = new Heard();
        try (FaultServer server = new FaultServer(Map.of(
                        "hangs",
                        FaultServer.Reply::hang,
                        "answers",
                        reply -> reply.stream().token().finish().done().end()));
                GatlingEngine engine = GatlingEngine.start(folder.resolve("requests.jsonl"), 2)) {
            engine.start(order("hangs", server), System.nanoTime(), hanging);
            Awaitility.await().until(() -> hanging.scheduledCount() >= 6);
            long requests = engine.stop("hangs", Duration.ofMillis(10));
            engine.start(order("answers", server), System.nanoTime(), answered);
            Awaitility.await().until(() -> answered.records().size() >= 6);
            engine.stop("answers", PATIENT);

            assertThat(hanging.records()).hasSize((int) requests);
            assertThat(hanging.records())
                    .filteredOn(request -> request.outcome() == RequestOutcome.CANCELLED)
                    .as("as many as there are users")
                    .hasSize(2);
            assertThat(hanging.records())
                    .filteredOn(request -> request.outcome() != RequestOutcome.CANCELLED)
                    .isNotEmpty()
                    .allSatisfy(request -> {
                        assertThat(request.outcome()).isEqualTo(RequestOutcome.SKIPPED_BY_CAP);
                        assertThat(request.startNs()).isEmpty();
                    });
            assertThat(answered.records())
                    .as("each user has sent more than once")
                    .filteredOn(request -> request.outcome() == RequestOutcome.OK)
                    .hasSizeGreaterThan(2);
        }
    }

    private static StreamOrder order(String model, FaultServer server) {
        return new StreamOrder(
                model,
                server.url(),
                model,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                50,
                1,
                "chat",
                new Timeouts(PATIENT, PATIENT, PATIENT),
                8);
    }
}
