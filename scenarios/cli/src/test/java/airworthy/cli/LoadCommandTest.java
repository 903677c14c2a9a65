package airworthy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is said to whom orders load from workers in a cluster; none is asked. */
class LoadCommandTest {
    private static final List<String> LOAD =
            List.of("load", "--endpoint", "http://gateway.gateway-system:8080/v1", "--model", "m");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int say(String... more) {
        List<String> words = new ArrayList<>(LOAD);
        words.addAll(List.of(more));
        CommandLine commandLine =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(words.toArray(String[]::new));
    }

    @Test
    void theManifestIsPrintedWithoutAskingTheClusterAndWithoutTheKey(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "sk-secret");
        int code = say(
                "--rate",
                "20/s",
                "--duration",
                "60s",
                "--most-in-flight",
                "300",
                "--workers",
                "4",
                "--kubeconfig",
                folder.resolve("none").toString(),
                "--namespace",
                "load",
                "--worker-image",
                "registry.example/load:1",
                "--worker-cpu",
                "300m",
                "--key",
                "file:" + key,
                "--print-job");

        assertThat(code).as(err.toString()).isZero();
        JsonNode job = new YAMLMapper().readTree(out.toString());
        assertThat(job.at("/metadata/namespace").asText()).isEqualTo("load");
        assertThat(job.at("/spec/completions").asInt()).isEqualTo(4);
        // 3 min for pods, 2 to get warm, 1 of load, 5 for the last answers, 1 to spare
        assertThat(job.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(12 * 60);
        JsonNode container = job.at("/spec/template/spec/containers/0");
        assertThat(container.path("image").asText()).isEqualTo("registry.example/load:1");
        assertThat(container.at("/resources/requests/cpu").asText()).isEqualTo("300m");
        assertThat(container.at("/args/1").asText()).isEqualTo("75");
        assertThat(out.toString()).doesNotContain("sk-secret", "gateway-system");
    }

    @Test
    void allThatIsWrongIsToldAtOnce(@TempDir Path folder) throws Exception {
        Path trace = Files.writeString(
                folder.resolve("trace.csv"),
                "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-10 00:00:00.009930,5,6\n");
        int code = say(
                "--trace",
                trace.toString(),
                "--profile",
                "mine.yaml",
                "--workers",
                "0",
                "--kubeconfig",
                "config",
                "--namespace",
                "No Such",
                "--worker-cpu",
                "lots",
                "--worker-image",
                "a b");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .contains("--trace: found a file of this machine, which workers in a cluster cannot read")
                .contains("--profile: found mine.yaml, a file of this machine")
                .contains("--workers: found 0")
                .contains("--namespace: found No Such")
                .contains("--worker-cpu: found lots, expected processor above zero")
                .contains("--worker-image: found \"a b\"")
                .doesNotContain("installation");
    }

    @Test
    void optionsAboutAClusterWantOne() {
        assertThat(say("--rate", "20/s", "--namespace", "load")).isEqualTo(2);
        assertThat(err.toString()).contains("no --kubeconfig, expected one");
    }

    @Test
    void aKubeconfigThatIsNotThereIsTold(@TempDir Path folder) {
        Path files = folder.resolve("out");
        int code = say("--rate", "20/s", "--kubeconfig", folder.resolve("none").toString(), "--out", files.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("kubeconfig " + folder.resolve("none") + ": there is no such file");
    }
}
