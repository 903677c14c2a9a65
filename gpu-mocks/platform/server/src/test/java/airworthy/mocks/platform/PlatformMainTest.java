package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformMainTest {

    private static final String CONFIG = RunningPlatform.CONFIG.toString();

    @Test
    void writesFilesWithDividedDurationsAndNothingElseChanged(@TempDir Path out) throws IOException {
        int code = PlatformMain.run("rules", "--config", CONFIG, "--time-scale", "30", "--out", out.toString());

        assertThat(code).isZero();
        String original = Files.readString(RunningPlatform.CONFIG.resolve("rules.yml"));
        assertThat(Files.readString(out.resolve("rules.yml")))
                .isEqualTo(original.replace("[2m]", "[4s]").replace("for: 30s", "for: 1s"));
        assertThat(Files.readString(out.resolve("alertmanager.yml")))
                .contains("group_wait: 500ms\n  group_interval: 2s\n  repeat_interval: 8m\n");
    }

    @Test
    void refusesBadInputWithItsOwnCode() {
        assertThat(PlatformMain.run("rules", "--config", CONFIG, "--time-scale", "0"))
                .isEqualTo(2);
        assertThat(PlatformMain.run("rules", "--config", "nowhere", "--time-scale", "2"))
                .isEqualTo(2);
        assertThat(PlatformMain.run("up", "--config", CONFIG, "--block", "5")).isEqualTo(2);
    }
}
