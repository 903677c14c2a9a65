package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A program that is no Java, and may not be there. */
final class OtherProgram {

    private OtherProgram() {}

    record Said(int code, String words) {}

    /** Copies the configuration that ships, and lets a part that stands in for one of the platform's make it fit. */
    static void configure(Path part, Path config) throws IOException, InterruptedException {
        copy(RunningPlatform.CONFIG, config);
        Said said = run(
                "that " + part.getFileName() + " fits the configuration that ships",
                "python3",
                part.resolve("configure").toString(),
                config.toString());
        assertThat(said.code()).as(said.words()).isZero();
    }

    /** Without the program there is nothing to be proven. */
    static Said run(String what, String... command) throws IOException, InterruptedException {
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
