package airworthy.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {
    @TempDir
    private Path home;

    @Test
    void aWholeInstallationHasNoProblem() throws Exception {
        Files.createDirectories(home.resolve("load/lib"));
        Files.createDirectories(home.resolve("platform/lib"));
        assertThat(new Installation(home).problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "platform"})
    void aMissingPartIsNamedWithWhatToDo(String missing) throws Exception {
        Files.createDirectories(home.resolve(missing.equals("load") ? "platform/lib" : "load/lib"));
        assertThat(new Installation(home).problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("found no folder " + home.resolve(missing).resolve("lib"))
                        .contains("airworthy.home=" + home)
                        .contains("mvn package"));
    }

    @Test
    void everyJvmIsTheOneThatRunsUsWithItsOwnFolderOnTheClassPathAndNoOther() {
        Installation installation = new Installation(home);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        List<String> load = installation.loadCommand(List.of("requests.jsonl", "500"));
        assertThat(load).startsWith(java).endsWith("airworthy.load.gatling.LoadMain", "requests.jsonl", "500");
        assertThat(load.get(load.indexOf("-cp") + 1)).isEqualTo(home.resolve("load/lib") + "/*");

        List<String> platform = installation.platformCommand(List.of("up"));
        assertThat(platform).startsWith(java).endsWith("airworthy.mocks.platform.PlatformMain", "up");
        assertThat(platform.get(platform.indexOf("-cp") + 1)).isEqualTo(home.resolve("platform/lib") + "/*");
        assertThat(platform).contains("-Dairworthy.platform.config=" + home.resolve("platform/config"));
    }

    @Test
    void theImageOfLoadWorkersStartsTheirJvmAsOneHereIsStarted() throws Exception {
        String dockerfile = Files.readString(Path.of("../../gpu-mocks/testbed/images/load/Dockerfile"));
        List<String> command = new Installation(home).loadCommand(List.of());

        assertThat(command.subList(1, command.indexOf("-cp")))
                .isNotEmpty()
                .allSatisfy(flag -> assertThat(dockerfile).contains('"' + flag + '"'));
        assertThat(dockerfile).contains('"' + command.getLast() + '"');
    }

    @Test
    void theSimulatedPlatformIsToldWhereImagesOfOursAreIfTheyAreInstalled() throws Exception {
        Path proxy = Files.createDirectories(home.resolve("proxy/lib"));
        Path accelerator = Files.createDirectories(home.resolve("accelerator/lib"));

        assertThat(new Installation(home).platformCommand(List.of("up")))
                .endsWith(
                        "--image",
                        "airworthy/accelerator=" + accelerator + ",airworthy.accelerator.command.AcceleratorMain",
                        "--image",
                        "airworthy/proxy=" + proxy + ",airworthy.proxy.ProxyMain");
        assertThat(new Installation(home).platformCommand(List.of("rules"))).endsWith("rules");
    }

    @Test
    void childrenAreWrappedToBeDeafToInterruptsAndKeepTheirArgumentsApart() throws Exception {
        Process child = ChildProcesses.deafToInterrupt(
                        List.of("/bin/sh", "-c", "kill -INT $$; printf '%s|' \"$@\"", "sh", "two words", "$HOME"))
                .start();

        assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("two words|$HOME|");
        assertThat(child.waitFor()).isZero();
    }
}
