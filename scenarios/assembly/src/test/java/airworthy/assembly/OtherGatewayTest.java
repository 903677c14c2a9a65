package airworthy.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherGatewayTest {
    @TempDir
    private Path project;

    private Installation installation = new Installation(Path.of(""));

    @BeforeEach
    void aPlatformAndAGateway() throws IOException {
        installation = new Installation(project.resolve("target/app"));
        Path config = Files.createDirectories(installation.platformConfig().resolve("simulated"));
        Files.writeString(config.resolve("60-gateway.yaml"), "image: ours\n");
        Path configure = Files.createDirectories(project.resolve("gpu-mocks/gateways/theirs"))
                .resolve("configure");
        Files.writeString(configure, """
                #!/bin/sh
                [ ! -e "$1/broken" ] || { echo "does not fit"; exit 1; }
                echo "image: theirs" >"$1/simulated/60-gateway.yaml"
                """);
        assertThat(configure.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aCopyIsConfiguredAndWhatShipsStaysAsItIs() throws Exception {
        Path copy;
        try (OtherGateway gateway = OtherGateway.of(installation, "theirs", installation.platformConfig())) {
            copy = gateway.folder();
            assertThat(copy.resolve("simulated/60-gateway.yaml")).hasContent("image: theirs");
            assertThat(gateway.arguments())
                    .startsWith("--config", copy.toString(), "--image")
                    .contains("airworthy/theirs=" + project.resolve("gpu-mocks/gateways/theirs/serve"));
            assertThat(gateway.argumentsOnNode())
                    .containsExactly(
                            "--config",
                            copy.toString(),
                            "--gateway-programs",
                            project.resolve("gpu-mocks/gateways/theirs").toString());
        }
        assertThat(copy).doesNotExist();
        assertThat(installation.platformConfig().resolve("simulated/60-gateway.yaml"))
                .hasContent("image: ours");
    }

    @Test
    void aConfigurationThatDoesNotFitIsToldInItsOwnWords() throws Exception {
        Files.createFile(installation.platformConfig().resolve("broken"));
        assertThatThrownBy(() -> OtherGateway.of(installation, "theirs", installation.platformConfig()))
                .isInstanceOf(CannotAssessException.class)
                .hasMessage("--gateway theirs: does not fit");
    }

    @Test
    void aGatewayThatIsNotThereIsToldWithThoseThatAre() {
        assertThatThrownBy(() -> OtherGateway.of(installation, "none", installation.platformConfig()))
                .isInstanceOf(CannotAssessException.class)
                .hasMessageContaining("none/configure, expected one of [theirs]");
    }
}
