package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's gateway fits the configuration that ships. Whether it serves is seen by running it; see its README. */
class OtherGatewaysTest {
    private static final Path GATEWAYS = Path.of("../../gateways");

    @Test
    void aPlatformWithLiteLlmReadsItsRulesAndScrapesIt(@TempDir Path config, @TempDir Path state) throws Exception {
        OtherProgram.configure(GATEWAYS.resolve("litellm"), config);

        try (RunningPlatform platform = new RunningPlatform(config, state)) {
            JsonNode groups =
                    platform.get(AddressBlock.PROMETHEUS_PORT, "/api/v1/rules").at("/data/groups");
            assertThat(groups.findValuesAsText("file")).contains("rules.yml", "rules-litellm.yml");
            assertThat(platform.text(AddressBlock.PROMETHEUS_PORT, "/api/v1/targets"))
                    .contains("gateway.gateway-system:4000");
            assertThat(Files.readString(state.resolve("platform.yaml")))
                    .contains(":4000/v1", "replicaHeader: x-litellm-model-id", "gateway: measured")
                    .doesNotContain(":8080/v1");
        }
    }

    @Test
    void whatIsInstalledOfLiteLlmIsWhatIsPinned() throws Exception {
        Path programs = GATEWAYS.resolve("litellm");
        OtherProgram.Said setup = OtherProgram.run(
                "that LiteLLM is installed as pinned", "bash", programs.resolve("setup") + "", "--check");
        if (setup.code() == 3) {
            System.out.println("not proven: that LiteLLM is installed as pinned; " + setup.words());
            assumeTrue(false, setup.words());
        }

        String python = setup.words() + "/bin/python";
        OtherProgram.Said version = OtherProgram.run(
                "its version",
                python,
                "-c",
                "import importlib.metadata as m; print('litellm[proxy]==' + m.version('litellm'))");
        assertThat(Files.readAllLines(programs.resolve("requirements.txt"))).contains(version.words());
        assertThat(OtherProgram.run("its arguments", python, programs.resolve("serve.py") + "", "--help")
                        .words())
                .contains("--tenant", "--revoked");
    }
}
