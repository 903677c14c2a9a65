package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's gateway fits the configuration that ships. Whether it serves is seen by running it; see its README. */
class OtherGatewaysTest {
    private static final Path GATEWAYS = Path.of("../../gateways");

    @Test
    void aPlatformWithLiteLlmReadsItsRulesAndScrapesIt(@TempDir Path config, @TempDir Path state) throws Exception {
        copy(RunningPlatform.CONFIG, config);
        configure("litellm", config);

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
        Said setup = run("that LiteLLM is installed as pinned", "bash", programs.resolve("setup") + "", "--check");
        if (setup.code() == 3) {
            System.out.println("not proven: that LiteLLM is installed as pinned; " + setup.words());
            assumeTrue(false, setup.words());
        }

        String python = setup.words() + "/bin/python";
        Said version = run(
                "its version",
                python,
                "-c",
                "import importlib.metadata as m; print('litellm[proxy]==' + m.version('litellm'))");
        assertThat(Files.readAllLines(programs.resolve("requirements.txt"))).contains(version.words());
        assertThat(run("its arguments", python, programs.resolve("serve.py") + "", "--help")
                        .words())
                .contains("--tenant", "--revoked");
    }

    private record Said(int code, String words) {}

    private static void configure(String gateway, Path config) throws IOException, InterruptedException {
        Said said = run(
                "that " + gateway + " fits the configuration that ships",
                "python3",
                GATEWAYS.resolve(gateway).resolve("configure").toString(),
                config.toString());
        assertThat(said.code()).as(said.words()).isZero();
    }

    /** Without the program there is nothing to be proven. */
    private static Said run(String what, String... command) throws IOException, InterruptedException {
        try {
            Process running =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String words = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(running.waitFor(), words.strip());
        } catch (IOException e) {
            System.out.println("not proven: " + what + "; there is no " + command[0]);
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
