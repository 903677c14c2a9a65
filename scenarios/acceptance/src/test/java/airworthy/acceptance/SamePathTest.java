package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A platform is assessed the same way, whoever started it. */
@ExtendWith(Shared.class)
@ResourceLock(Shared.TIMED)
class SamePathTest {

    @Test
    void aPlatformThatSomebodyElseStartedGetsTheSameAnswers(ReadyRun ready, @TempDir Path temp)
            throws IOException, InterruptedException {
        Harness.Ended ended;
        try (Platform platform = Platform.start(Harness.Priority.TIMED, temp)) {
            ended = Harness.run(
                    Harness.Priority.TIMED,
                    temp,
                    "assess",
                    "--platform",
                    platform.profile().toString(),
                    "--runs",
                    temp.resolve("runs").toString());
        }

        Run run = Run.in(temp.resolve("runs"));
        for (Path scenario : Catalogue.scenarios()) {
            String id = Catalogue.yaml(scenario).at("/metadata/id").asText();
            run.assumeLoadWasOnTime(id);
            ready.run().assumeLoadWasOnTime(id);
        }
        ended.with(ready.ended().code());
        assertThat(run.outcomes())
                .as("not the same: %s", run.messagesOfOthersThan(ready.run().outcomes()))
                .isEqualTo(ready.run().outcomes());
    }

    @Test
    void theReadyPlatformMeetsEveryQuestion(ReadyRun ready) throws IOException {
        assertThat(ready.run().outcomes()).isNotEmpty();
        for (Path scenario : Catalogue.scenarios()) {
            String id = Catalogue.yaml(scenario).at("/metadata/id").asText();
            assertThat(ready.outcomesOf(id)).isNotEmpty();
            assertThat(ready.run().scenario(id).path("state").asText()).isEqualTo("valid");
        }
        ready.ended().with(0);
        assertThat(ready.run().card().path("restored").asBoolean()).isTrue();
        assertThat(ready.run().card().path("purpose").asText()).isEqualTo("self-test");
    }
}
