package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code assess --control}: nothing is changed, and whatever is raised all the same is told. */
@ExtendWith(Shared.class)
class ControlRunTest {

    @Test
    @ResourceLock(Shared.TIMED)
    void theReadyPlatformRaisesNothing(@TempDir Path temp) throws IOException, InterruptedException {
        Harness.Ended ended = control(temp, List.of());

        Run run = Run.in(temp.resolve("runs"));
        for (Path scenario : Catalogue.scenarios()) {
            run.assumeLoadWasOnTime(Catalogue.yaml(scenario).at("/metadata/id").asText());
        }
        assertThat(run.messagesOfOthersThan(met(run))).isEmpty();
        ended.with(0);
        assertThat(ended.out())
                .contains("Nothing was broken, and nothing was raised", "Control run: nothing was broken.");
        assertThat(run.card().path("purpose").asText()).isEqualTo("control");
        assertThat(run.card().at("/overall/score").isNull()).isTrue();
        assertThat(run.outcomes().keySet())
                .allMatch(
                        finding -> finding.matches(".*/(withstand/baseline-slo|detect/quiet|contain/bystanders-slo)"));
        for (JsonNode each : run.journal()) {
            assertThat(each.path("type").asText()).isNotEqualTo("undo-moved");
        }
    }

    @Test
    @ResourceLock(Shared.TIMED)
    void anAlertThatFiresWithoutReasonIsTold(@TempDir Path temp) throws IOException, InterruptedException {
        Harness.Ended ended = control(
                temp,
                List.of(
                        "--defect",
                        "SRV-4/alert-on-healthy-latency",
                        Catalogue.scenario("SRV-4").toString()));

        ended.with(1);
        assertThat(ended.out()).contains("Nothing was broken, and something was raised in 1 scenario");
        assertThat(Run.in(temp.resolve("runs")).outcomes()).containsEntry("SRV-4/detect/quiet", "not-met");
    }

    private static Map<String, String> met(Run run) throws IOException {
        Map<String, String> met = run.outcomes();
        met.replaceAll((finding, outcome) -> "met");
        return met;
    }

    private static Harness.Ended control(Path temp, List<String> more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "assess",
                "--control",
                "--time-scale",
                Platform.TIME_SCALE,
                "--runs",
                temp.resolve("runs").toString()));
        arguments.addAll(more);
        return Harness.run(Harness.Priority.TIMED, temp, arguments.toArray(String[]::new));
    }
}
