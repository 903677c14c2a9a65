package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** GPU-1 by a pod of ours on a platform whose driver's library is the one that stands in. */
final class HeldMemory {
    private static final String SCENARIO = "GPU-1";

    private HeldMemory() {}

    /** The command that runs it. */
    static String[] assess(Platform platform, Path runs) throws IOException {
        return new String[] {
            "assess",
            "--platform",
            platform.profile().toString(),
            "--runs",
            runs.toString(),
            Catalogue.ofAccelerators(SCENARIO).toString()
        };
    }

    /** It landed, hurt nobody who took his memory at his start, and was taken back; no rule of the platform looks at it. */
    static void assertLandedAndTakenBack(Run run) throws IOException {
        JsonNode scenario = run.scenario(SCENARIO);
        assertThat(scenario.path("injector").asText()).as("%s", scenario).isEqualTo("accelerator");
        assertThat(scenario.path("landed").asBoolean()).as("%s", scenario).isTrue();
        assertThat(run.outcomes())
                .as("%s", scenario)
                .containsEntry(SCENARIO + "/withstand/answers-complete", "met")
                .containsEntry(SCENARIO + "/contain/other-replicas-slo", "met")
                .containsEntry(SCENARIO + "/detect/notified-in-time", "not-met")
                .containsEntry(SCENARIO + "/recover/undo-verified", "met");
        assertThat(run.journal())
                .anySatisfy(event -> assertThat(event.toString())
                        .contains("NVML tells 256 MiB free of 16384 MiB", "of which 16048 MiB are held"));
    }
}
