package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A pod of ours that shares an accelerator, on a node whose driver is a library that stands in for a real one: what processes take
 * there, others miss.
 */
class AcceleratorTest {
    private static final Path LIBRARY = Path.of(System.getProperty("airworthy.root", "../.."))
            .resolve("gpu-mocks/devices/library/standin.c")
            .toAbsolutePath()
            .normalize();

    private static final int FREE_MIB = 16_320;

    @Test
    @ResourceLock(Shared.TIMED)
    void memoryIsHeldByAPodOfOursAndFreeAgain(@TempDir Path temp) throws IOException, InterruptedException {
        Map<String, String> node = node(temp);
        try (Platform platform = Platform.start(Harness.Priority.BACKGROUND, temp, node)) {
            Path runs = temp.resolve("runs");
            Harness.run(Harness.Priority.TIMED, temp, HeldMemory.assess(platform, runs));

            HeldMemory.assertLandedAndTakenBack(Run.in(runs));
            assertThat(free(node, temp)).isEqualTo(FREE_MIB);
        }
    }

    @Test
    void aRunThatIsKilledLeavesMemoryThatRecoverFrees(@TempDir Path temp) throws IOException, InterruptedException {
        Map<String, String> node = node(temp);
        try (Platform platform = Platform.start(Harness.Priority.BACKGROUND, temp, node)) {
            Path runs = temp.resolve("runs");
            try (Harness harness =
                    Harness.start(Harness.Priority.BACKGROUND, temp, HeldMemory.assess(platform, runs))) {
                Run.awaitJournal(
                        harness,
                        runs,
                        journal -> journal.stream()
                                .anyMatch(
                                        event -> event.at("/data/how").asText().contains("256 MiB free")));
                harness.kill();
            }
            assertThat(free(node, temp)).as("the pod outlives the run").isEqualTo(256);

            Harness.run(Harness.Priority.BACKGROUND, temp, "recover", "--runs", runs.toString())
                    .with(0);
            assertThat(free(node, temp)).isEqualTo(FREE_MIB);
        }
    }

    /** What processes of the node find. */
    private static Map<String, String> node(Path temp) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(temp.resolve("driver"));
        for (String name : List.of("libcuda.so.1", "libnvidia-ml.so.1")) {
            compile(folder.resolve(name));
        }
        return Map.of(
                "LD_LIBRARY_PATH",
                folder.toString(),
                "AIRWORTHY_STANDIN",
                folder.resolve("device").toString());
    }

    private static void compile(Path library) throws IOException, InterruptedException {
        Process compiler;
        try {
            compiler = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), LIBRARY.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            abort("no C compiler here, so nothing stands in for a driver: " + e.getMessage());
            return;
        }
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(said).isZero();
    }

    /** What another process finds free, in MiB. */
    private static int free(Map<String, String> node, Path temp) throws IOException, InterruptedException {
        try (Harness devices = Harness.start(Harness.Priority.BACKGROUND, temp, node, "accelerator", "devices")) {
            String said = devices.awaitEnd().with(0).out();
            Matcher free = Pattern.compile("of it free (\\d+) MiB").matcher(said);
            assertThat(free.find()).as(said).isTrue();
            return Integer.parseInt(free.group(1));
        }
    }
}
