package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ready run shows that the roles which ship suffice; here one right is taken from them. */
class AccessTest {
    private static final String ROLES = "cluster/80-access.yaml";

    @Test
    void whatTheLoginMayNotSeeIsUnknownAndSaysWhatToGrant(@TempDir Path temp) throws IOException, InterruptedException {
        Run run = assess(temp, "resourceslices, ", "");

        assertThat(run.outcomes())
                .isNotEmpty()
                .allSatisfy(
                        (finding, outcome) -> assertThat(outcome).as(finding).isEqualTo("unknown"));
        assertThat(run.scenario("SCH-2").path("reason").asText())
                .contains("devices is unreadable", "cannot list resource \"resourceslices\"");
    }

    @Test
    void whatTheLoginMayNotBreakIsNotBroken(@TempDir Path temp) throws IOException, InterruptedException {
        Run run = assess(temp, "verbs: [get, update]", "verbs: [get]");

        assertThat(run.scenario("SCH-2").path("reason").asText())
                .contains("the fault could not be made", "was refused: 403");
        assertThat(run.card().path("restored").asBoolean()).isTrue();
    }

    private static Run assess(Path temp, String found, String instead) throws IOException, InterruptedException {
        Path config = Platform.configWith(temp, ROLES, roles -> roles.replace(found, instead));
        try (Platform platform = Platform.start(Harness.Priority.BACKGROUND, temp, config)) {
            Harness.run(
                            Harness.Priority.BACKGROUND,
                            temp,
                            "assess",
                            "--platform",
                            platform.profile().toString(),
                            "--runs",
                            temp.resolve("runs").toString(),
                            Catalogue.scenario("SCH-2").toString())
                    .with(3);
        }
        return Run.in(temp.resolve("runs"));
    }
}
