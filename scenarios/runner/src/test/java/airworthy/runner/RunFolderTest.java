package airworthy.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:05:09.5Z");

    @TempDir
    private Path dir;

    @Test
    void aNewFolderIsNamedByTimeAndRunAndHasAPlaceForLoad() throws Exception {
        RunFolder folder = RunFolder.create(dir.resolve("runs"), AT, "ab12");

        assertThat(folder.path()).isEqualTo(dir.resolve("runs/20261121T100509-ab12"));
        assertThat(folder.requests().getParent()).isDirectory();
        assertThat(folder.journal()).doesNotExist();
    }

    @Test
    void anEarlierRunIsNeverWrittenOver() throws Exception {
        RunFolder.create(dir, AT, "ab12");
        assertThatThrownBy(() -> RunFolder.create(dir, AT, "ab12")).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void runsAreFoundOldestFirstByTheirJournals() throws Exception {
        RunFolder later = RunFolder.create(dir, AT.plusSeconds(1), "aaaa");
        RunFolder earlier = RunFolder.create(dir, AT, "zzzz");
        RunFolder.create(dir, AT.plusSeconds(2), "none");
        Files.createFile(later.journal());
        Files.createFile(earlier.journal());
        Files.createFile(dir.resolve("notes.txt"));

        assertThat(RunFolder.below(dir)).containsExactly(earlier, later);
    }

    @Test
    void whereNoRunsAreKeptThereIsNone() throws Exception {
        assertThat(RunFolder.below(dir.resolve("nowhere"))).isEmpty();
    }
}
