package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a run came to follows from its journal and load records alone. */
@ExtendWith(Shared.class)
@ResourceLock(value = Shared.TIMED, mode = ResourceAccessMode.READ)
class RecheckTest {

    @Test
    void everyOutputIsMadeAgainToTheByte(ReadyRun ready, @TempDir Path temp) throws IOException, InterruptedException {
        Path copy = evidence(ready, temp);

        recheck(copy).with(ready.ended().code());

        assertThat(contents(copy)).isEqualTo(contents(ready.run().folder()));
    }

    @Test
    void aLaterNotificationIsAnotherAnswer(ReadyRun ready, @TempDir Path temp)
            throws IOException, InterruptedException {
        Run copy = new Run(evidence(ready, temp));
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : copy.journal()) {
            if (entry.path("type").asText().equals("notified")) {
                long later =
                        entry.path("monoNs").asLong() + Duration.ofMinutes(1).toNanos();
                ((ObjectNode) entry).put("monoNs", later);
            }
            lines.add(entry.toString());
        }
        Files.write(copy.journalFile(), lines);

        recheck(copy.folder());

        assertThat(copy.outcomes()).isNotEqualTo(ready.run().outcomes());
        assertThat(copy.outcomes()).containsEntry("SRV-4/detect/notified-in-time", "not-met");
    }

    @Test
    void loadRecordsThatTheJournalDoesNotVouchForAreRefused(ReadyRun ready, @TempDir Path temp)
            throws IOException, InterruptedException {
        Path copy = evidence(ready, temp);
        Path records = copy.resolve("load/requests.jsonl");
        byte[] bytes = Files.readAllBytes(records);
        bytes[bytes.length / 2] ^= 1;
        Files.write(records, bytes);

        Harness.Ended ended = recheck(copy).with(2);

        assertThat(ended.err()).contains("requests.jsonl").doesNotContain("\tat ");
        assertThat(copy.resolve("scorecard.json")).doesNotExist();
    }

    @Test
    void aTornLastLineOfTheJournalIsDropped(ReadyRun ready, @TempDir Path temp)
            throws IOException, InterruptedException {
        Path copy = evidence(ready, temp);
        Files.writeString(copy.resolve("journal.jsonl"), "{\"v\":1,\"seq\":", StandardOpenOption.APPEND);

        recheck(copy).with(ready.ended().code());

        assertThat(copy.resolve("scorecard.json"))
                .hasSameBinaryContentAs(ready.run().folder().resolve("scorecard.json"));
    }

    private static Harness.Ended recheck(Path run) throws IOException, InterruptedException {
        return Harness.run(Harness.Priority.BACKGROUND, run.resolveSibling("work"), "recheck", "--run", run.toString());
    }

    /** A copy of a run's folder without any output: its journal and load records. */
    private static Path evidence(ReadyRun ready, Path temp) throws IOException {
        Path copy = temp.resolve(ready.run().folder().getFileName());
        Files.createDirectories(copy.resolve("load"));
        for (String file : List.of("journal.jsonl", "load/requests.jsonl")) {
            Files.copy(ready.run().folder().resolve(file), copy.resolve(file));
        }
        return copy;
    }

    /** Every file of a folder, by its path. */
    private static SortedMap<String, String> contents(Path folder) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
