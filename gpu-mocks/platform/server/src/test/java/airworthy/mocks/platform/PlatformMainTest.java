package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                .isEqualTo(original.replace("[2m]", "[4s]")
                        .replace("[3m]", "[6s]")
                        .replace("for: 30s", "for: 1s")
                        .replace("for: 1m", "for: 2s"));
        assertThat(Files.readString(out.resolve("alertmanager.yml")))
                .contains("group_wait: 500ms\n  group_interval: 2s\n  repeat_interval: 8m\n");
    }

    @Test
    void everyFileWithRulesIsDivided(@TempDir Path config, @TempDir Path out) throws IOException {
        for (String name : List.of("prometheus.yml", "rules.yml", "alertmanager.yml", "gateway.yaml")) {
            Files.copy(RunningPlatform.CONFIG.resolve(name), config.resolve(name));
        }
        Files.copy(config.resolve("rules.yml"), config.resolve("rules-more.yml"));

        int code =
                PlatformMain.run("rules", "--config", config.toString(), "--time-scale", "30", "--out", out.toString());

        assertThat(code).isZero();
        assertThat(Files.readString(out.resolve("rules-more.yml"))).contains("[4s]", "for: 1s");
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
