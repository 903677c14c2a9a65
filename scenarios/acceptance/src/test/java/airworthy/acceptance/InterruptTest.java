package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Ctrl-C at a terminal, which every process of a run hears. */
@ExtendWith(Shared.class)
@ResourceLock(Shared.PLATFORM)
class InterruptTest {
    /** What a terminal sends for Ctrl-C; its line discipline makes SIGINT of it. */
    private static final int CTRL_C = 3;

    /** Gives a command a terminal of its own; util-linux has it. */
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    private static final Duration SETTLE = Duration.ofSeconds(10);

    @Test
    void healsBeforeItEnds(Platform platform, @TempDir Path temp) throws IOException, InterruptedException {
        boolean terminal = Files.isExecutable(SCRIPT);
        if (!terminal) {
            System.out.println("not proven: that Ctrl-C heals first; it needs " + SCRIPT + " (util-linux)");
        }
        assumeTrue(terminal, "needs " + SCRIPT);
        Dump before = platform.dump();
        Path runs = temp.resolve("runs");

        Harness.Ended ended;
        Run run;
        try (Harness harness =
                Harness.startWithInput(Harness.Priority.BACKGROUND, temp, inTerminal(assess(platform, runs)))) {
            run = Run.awaitJournal(
                    harness,
                    runs,
                    journal -> journal.stream()
                            .anyMatch(entry -> entry.path("type").asText().equals("landed-seen")));
            assertThat(platform.dump()).as("in mid-hold").isNotEqualTo(before);
            OutputStream keyboard = harness.process().getOutputStream();
            keyboard.write(CTRL_C);
            keyboard.flush();
            ended = harness.awaitEnd();
        }

        ended.with(3);
        assertThat(ended.out()).contains("healing first").doesNotContain("\tat ");
        assertThat(run.journal().getLast().path("type").asText()).isEqualTo("run-ended");
        await("the platform is as it was")
                .atMost(SETTLE)
                .untilAsserted(() -> assertThat(platform.dump().fields()).isEqualTo(before.fields()));
    }

    private static List<String> assess(Platform platform, Path runs) throws IOException {
        return Harness.command(List.of(
                "assess",
                "--platform",
                platform.profile().toString(),
                "--runs",
                runs.toString(),
                Catalogue.scenario("SRV-4").toString()));
    }

    /** A build that runs in the background of a shell ignores SIGINT, and its children inherit that: undone by env. */
    private static List<String> inTerminal(List<String> command) {
        String line = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "exec env --default-signal=INT ", ""));
        return List.of(SCRIPT.toString(), "-qec", line, "/dev/null");
    }
}
