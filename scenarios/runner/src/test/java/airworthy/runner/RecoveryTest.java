package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Planning;
import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.JournalReader;
import airworthy.format.journal.JournalWriter;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.ScenarioId;
import airworthy.model.UndoState;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of undo: whatever the moment of death, the journal alone puts everything back. */
class RecoveryTest {
    private static final ScenarioId SRV4 = new ScenarioId("SRV-4");
    private static final Stamps STAMPS = Stamps.ofThisMachine();

    @TempDir
    private Path dir;

    private static FakePlatform platform() {
        return new FakePlatform().lever("a", "1").lever("b", "1").lever("c", "1");
    }

    private static List<Change> changes() {
        return List.of(
                new Change.PullLever(FakePlatform.address("a"), "20", "1"),
                new Change.PullLever(FakePlatform.address("b"), "20", "1"),
                new Change.PullLever(FakePlatform.address("c"), "20", "1"));
    }

    /** Dies with a bang when the journal has grown to a given number of records: nothing after it happens. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private RunFolder folder(String name) throws Exception {
        Path path = Files.createDirectory(dir.resolve(name));
        return new RunFolder(path);
    }

    /** Applies all changes and heals, as a run does, and is killed after {@code records} records. */
    private static void runUntilKilled(RunFolder folder, FakePlatform platform, int records) throws Exception {
        try (JournalWriter journal = JournalWriter.create(folder.journal())) {
            int[] written = {0};
            EventSink sink = (at, event) -> {
                journal.append(at, event);
                if (++written[0] == records) {
                    throw new Killed();
                }
            };
            Injection injection = new Injection(
                    SRV4,
                    new Planning.Planned("fake", Set.of(), changes(), Set.of(), 0),
                    List.of(platform),
                    sink,
                    STAMPS);
            injection.recordIntent();
            injection.apply((change, applied) -> {});
            new Healer(List.of(platform), sink, STAMPS, Duration.ofSeconds(5))
                    .heal(injection.steps().reversed());
        } catch (Killed dead) {
            // what is on the disk is all there is
        }
    }

    private static Recovery.Recovered recover(RunFolder folder, FakePlatform platform) throws Exception {
        return new Recovery(folder, STAMPS)
                .recover(journal -> new Healer(List.of(platform), journal::append, STAMPS, Duration.ofSeconds(5)));
    }

    @Test
    void deathAfterAnyRecordLeavesNothingBehindOnceRecovered() throws Exception {
        int wholeRun = 1 + 3 * 2 + 3 * 2;
        for (int records = 1; records <= wholeRun; records++) {
            FakePlatform platform = platform();
            var before = platform.dump();
            RunFolder folder = folder("killed-after-" + records);
            runUntilKilled(folder, platform, records);

            Recovery.Recovered recovered = recover(folder, platform);

            assertThat(recovered.restored())
                    .as("killed after record %s", records)
                    .isTrue();
            assertThat(platform.dump()).as("killed after record %s", records).isEqualTo(before);
            assertThat(UndoLedger.of(JournalReader.read(folder.journal()).entries())
                            .restored())
                    .isTrue();
        }
    }

    @Test
    void theFaultIsReallyThereBeforeRecovery() throws Exception {
        FakePlatform platform = platform();
        var before = platform.dump();
        runUntilKilled(folder("held"), platform, 1 + 3 * 2);
        assertThat(platform.dump()).isNotEqualTo(before);
    }

    @Test
    void deathInTheMiddleOfAWriteToTheJournalIsRecoveredToo() throws Exception {
        FakePlatform platform = platform();
        var before = platform.dump();
        RunFolder folder = folder("torn");
        runUntilKilled(folder, platform, 5);
        byte[] whole = Files.readAllBytes(folder.journal());
        Files.write(folder.journal(), Arrays.copyOf(whole, whole.length - 10));

        assertThat(recover(folder, platform).restored()).isTrue();
        assertThat(platform.dump()).isEqualTo(before);
    }

    @Test
    void recoveringTwiceWritesNothingTheSecondTime() throws Exception {
        FakePlatform platform = platform();
        RunFolder folder = folder("twice");
        runUntilKilled(folder, platform, 6);
        recover(folder, platform);
        List<String> writes = platform.writes();
        byte[] journal = Files.readAllBytes(folder.journal());

        assertThat(recover(folder, platform).healed()).isEmpty();
        assertThat(platform.writes()).isEqualTo(writes);
        assertThat(Files.readAllBytes(folder.journal())).isEqualTo(journal);
    }

    @Test
    void whatSomebodyElseChangedIsLeftAndReported() throws Exception {
        FakePlatform platform = platform();
        RunFolder folder = folder("conflict");
        runUntilKilled(folder, platform, 1 + 3 * 2);
        platform.lever("b", "7");

        Recovery.Recovered recovered = recover(folder, platform);

        assertThat(recovered.restored()).isFalse();
        assertThat(platform.dump()).containsEntry(FakePlatform.address("b"), "7");
        assertThat(recovered.healed())
                .extracting(each -> each.restoration().state())
                .containsExactly(UndoState.RESTORED, UndoState.CONFLICTED, UndoState.RESTORED);
    }

    @Test
    void healingGoesOnPastAStepThatFailsAndPastAnInterrupt() throws Exception {
        FakePlatform platform = platform();
        RunFolder folder = folder("failing");
        runUntilKilled(folder, platform, 1 + 3 * 2);
        platform.breakDown();
        Thread.currentThread().interrupt();

        Recovery.Recovered recovered = recover(folder, platform);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(recovered.restored()).isFalse();
        assertThat(recovered.healed()).hasSize(3);
        List<Event> journal = JournalReader.read(folder.journal()).entries().stream()
                .map(History.Entry::event)
                .toList();
        assertThat(journal.getLast()).isEqualTo(new Event.RunEnded(false));
    }

    @Test
    void undoIsOnTheDiskBeforeTheFirstChange() throws Exception {
        FakePlatform platform = platform();
        RunFolder folder = folder("order");
        int[] known = {0};
        platform.beforeApply(() -> {
            try {
                known[0] = UndoLedger.of(JournalReader.read(folder.journal()).entries())
                        .open()
                        .size();
            } catch (IOException | JournalDamagedException e) {
                throw new AssertionError(e);
            }
        });
        runUntilKilled(folder, platform, 3);
        assertThat(known[0]).isEqualTo(3);
    }
}
