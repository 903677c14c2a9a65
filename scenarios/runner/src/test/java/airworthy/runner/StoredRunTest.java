package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.JournalWriter;
import airworthy.model.Event;
import airworthy.model.Scenario;
import airworthy.probes.Stamps;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRunTest {
    @TempDir
    private Path dir;

    private RunFolder finished() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.assessment.run(run.first);
        run.assessment.finish();
        return run.folder;
    }

    private static void replace(Path file, String find, String replacement) throws Exception {
        String text = Files.readString(file);
        assertThat(text).contains(find);
        Files.writeString(file, text.replace(find, replacement));
    }

    @Test
    void everythingThatAJudgeReadsComesBackFromTheFolderAlone() throws Exception {
        RunFolder folder = finished();
        Files.move(dir.resolve("suite"), dir.resolve("moved-away"));

        StoredRun run = StoredRun.read(folder);

        assertThat(run.input().suite()).extracting(Scenario::id).hasToString("[SRV-4, SRV-5]");
        assertThat(run.input().profile().name()).isEqualTo("fake");
        assertThat(run.input().profile().timeScale()).isEqualTo(6000);
    }

    @Test
    void loadRecordsThatTheJournalDoesNotVouchForAreRefused() throws Exception {
        RunFolder folder = finished();
        Files.writeString(folder.requests(), "{}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> StoredRun.read(folder))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("the journal vouches for")
                .hasMessageContaining("these are not the load records of this run");
    }

    @Test
    void aScenarioThatWasChangedInTheJournalIsRefused() throws Exception {
        RunFolder folder = finished();
        replace(folder.journal(), "factor: 20", "factor: 21");

        assertThatThrownBy(() -> StoredRun.read(folder))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("an embedded file is not understood")
                .hasMessageContaining("SHA-256");
    }

    @Test
    void aProfileThatWasChangedInTheJournalIsRefused() throws Exception {
        RunFolder folder = finished();
        replace(folder.journal(), "ttft: 250ms", "ttft: 950ms");

        assertThatThrownBy(() -> StoredRun.read(folder))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void aFolderWithoutAJournalIsToldByItsMissingFile() {
        assertThatThrownBy(() -> StoredRun.read(new RunFolder(dir)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("journal.jsonl");
    }

    @Test
    void aJournalThatDoesNotTellHowTheRunStartedIsRefused() throws Exception {
        RunFolder folder = new RunFolder(dir);
        try (JournalWriter journal = JournalWriter.create(folder.journal())) {
            journal.append(Stamps.ofThisMachine().now("harness"), new Event.RunEnded(true));
        }
        assertThatThrownBy(() -> StoredRun.profile(folder))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageEndingWith("found no run-started record, expected it first");
    }

    @Test
    void aRunThatWasKilledBeforeItsLoadWasSealedIsReadWithoutLoad() throws Exception {
        KeptRun run = new KeptRun(dir);
        run.assessment.run(run.first);
        run.assessment.close();

        assertThat(StoredRun.read(run.folder).input().history().load()).isEmpty();
    }
}
