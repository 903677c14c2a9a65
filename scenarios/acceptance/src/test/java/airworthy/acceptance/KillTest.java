package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that dies leaves enough behind to put everything back. */
@ExtendWith(Shared.class)
@ResourceLock(Shared.PLATFORM)
class KillTest {
    /** Controllers count and collect after the last object is gone. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    /** When a run is killed: as soon as its journal holds so many records of a kind. */
    enum Moment {
        UNDO_PLANNED("SRV-4", "undo-planned", 1),
        AMONG_CHANGES("SCH-1", "undo-moved applied", 2),
        FIRST_CHANGE("SRV-4", "undo-moved applying", 1),
        HEAL_BEGUN("SCH-1", "undo-moved restoring", 1),
        FAULT_APPLIED("SRV-4", "fault-applied", 1),
        MID_HOLD("SRV-4", "landed-seen", 2);

        private final String scenario;
        private final String kind;
        private final int times;

        Moment(String scenario, String kind, int times) {
            this.scenario = scenario;
            this.kind = kind;
            this.times = times;
        }

        private boolean reached(List<JsonNode> journal) {
            return journal.stream().filter(entry -> kind(entry).equals(kind)).count() >= times;
        }

        private static String kind(JsonNode entry) {
            return (entry.path("type").asText() + " " + entry.at("/data/state").asText()).strip();
        }
    }

    @ParameterizedTest
    @EnumSource
    void recoverPutsBackWhatAKilledRunLeft(Moment moment, Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Dump before = platform.dump();
        Path runs = temp.resolve("runs");
        Run run = killed(moment, platform, before, temp);

        Harness.run(Harness.Priority.BACKGROUND, temp, "recover", "--runs", runs.toString())
                .with(0);

        assertBecomes(before, platform);
        byte[] recovered = Files.readAllBytes(run.journalFile());
        Harness.Ended again = Harness.run(Harness.Priority.BACKGROUND, temp, "recover", "--runs", runs.toString())
                .with(0);
        assertThat(again.out()).contains("nothing to put back");
        assertThat(run.journalFile()).as("journal after a second recover").hasBinaryContent(recovered);
    }

    @Test
    void whereTheJournalIsLostTheCopyOnTheClusterIsEnough(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Dump before = platform.dump();
        Files.delete(killed(Moment.MID_HOLD, platform, before, temp).journalFile());

        String profile = platform.profile().toString();
        Harness.Ended ended = Harness.run(Harness.Priority.BACKGROUND, temp, "recover", "--platform", profile)
                .with(0);

        assertThat(ended.out()).contains("restored");
        assertBecomes(before, platform);
        Harness.Ended again = Harness.run(Harness.Priority.BACKGROUND, temp, "recover", "--platform", profile)
                .with(0);
        assertThat(again.out()).contains("nothing to put back");
    }

    /** A run that was killed at a moment, all its processes gone. */
    private static Run killed(Moment moment, Platform platform, Dump before, Path temp)
            throws IOException, InterruptedException {
        Path runs = temp.resolve("runs");
        List<ProcessHandle> children;
        Run run;
        try (Harness harness = Harness.start(
                Harness.Priority.BACKGROUND,
                temp,
                "assess",
                "--platform",
                platform.profile().toString(),
                "--runs",
                runs.toString(),
                Catalogue.scenario(moment.scenario).toString())) {
            run = Run.awaitJournal(harness, runs, moment::reached);
            if (moment == Moment.MID_HOLD) {
                assertThat(platform.dump()).as("in mid-hold").isNotEqualTo(before);
            }
            children = harness.process().descendants().toList();
            harness.kill();
        }
        if (moment.scenario.equals("SRV-4")) {
            assertThat(children).as("the load JVM").isNotEmpty();
        }
        assertGone(children);
        return run;
    }

    private static void assertBecomes(Dump before, Platform platform) {
        await("the platform is as it was")
                .atMost(SETTLE)
                .untilAsserted(() -> assertThat(platform.dump().fields()).isEqualTo(before.fields()));
    }

    @Test
    void aPlatformThatTheRunStartedEndsWithIt(@TempDir Path temp) throws IOException, InterruptedException {
        Path runs = temp.resolve("runs");
        List<ProcessHandle> children;
        try (Harness harness = Harness.start(Harness.Priority.BACKGROUND, temp, "assess", "--runs", runs.toString())) {
            Run.awaitJournal(harness, runs, journal -> !journal.isEmpty());
            children = harness.process().descendants().toList();
            harness.kill();
        }

        assertThat(children).as("load JVM and platform").hasSizeGreaterThanOrEqualTo(2);
        assertGone(children);
    }

    private static void assertGone(List<ProcessHandle> children) {
        await("processes that the killed run had started end")
                .atMost(SETTLE)
                .untilAsserted(() -> assertThat(children).as("still alive").noneMatch(ProcessHandle::isAlive));
    }
}
