package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        List<String> comparable = onTimeInBoth(run, ready.run());
        assumeThat(comparable)
                .as("scenarios whose load was on time in both runs")
                .isNotEmpty();
        for (String id : comparable) {
            assertThat(run.outcomesOf(id))
                    .as("not the same: %s", run.messagesOfOthersThan(ready.run().outcomes()))
                    .isEqualTo(ready.run().outcomesOf(id));
        }
        if (comparable.size() == Catalogue.scenarios().size()) {
            ended.with(ready.ended().code());
        }
    }

    private static List<String> onTimeInBoth(Run one, Run other) throws IOException {
        List<String> onTime = new ArrayList<>();
        for (Path scenario : Catalogue.scenarios()) {
            String id = Catalogue.yaml(scenario).at("/metadata/id").asText();
            if (one.loadWasLate(id).isEmpty() && other.loadWasLate(id).isEmpty()) {
                onTime.add(id);
            } else {
                System.out.println("not proven: " + id + " by two paths: this machine was not quiet");
            }
        }
        return onTime;
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
