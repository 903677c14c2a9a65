package airworthy.runner;

import airworthy.format.Embedding;
import airworthy.format.Problem;
import airworthy.format.ProfileReader;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.format.SuiteFiles;
import airworthy.format.SuiteReader;
import airworthy.format.journal.JournalDamagedException;
import airworthy.format.journal.JournalReader;
import airworthy.load.RequestLog;
import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.PlatformProfile;
import airworthy.model.RequestRecord;
import airworthy.reports.judge.JudgeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run read back from its folder: everything that a judge reads, and nothing else.
 *
 * @param folder where it is kept
 * @param input what is judged
 */
public record StoredRun(RunFolder folder, JudgeInput input) {

    /**
     * Reads journal, load records and the files embedded in the journal.
     *
     * @throws IOException if a file cannot be read
     * @throws JournalDamagedException if the run does not hold together: a damaged line, load records that are not those
     *     the journal vouches for, an embedded file that is no longer understood
     */
    public static StoredRun read(RunFolder folder) throws IOException, JournalDamagedException {
        List<History.Entry> entries = JournalReader.read(folder.journal()).entries();
        return of(folder, entries, load(folder, entries));
    }

    /**
     * Puts a run together that is still going on: load records as far as they are written.
     *
     * @throws JournalDamagedException as {@link #read}
     */
    static StoredRun soFar(RunFolder folder, List<History.Entry> entries, List<RequestRecord> load)
            throws JournalDamagedException {
        return of(folder, entries, load);
    }

    /**
     * Reads only the profile that a run was made with: all that recovering needs beside the undo steps.
     *
     * @throws IOException if the journal cannot be read
     * @throws JournalDamagedException as {@link #read}
     */
    public static PlatformProfile profile(RunFolder folder) throws IOException, JournalDamagedException {
        return profile(
                folder,
                started(folder, new History(JournalReader.read(folder.journal()).entries(), List.of())));
    }

    private static Event.RunStarted started(RunFolder folder, History history) throws JournalDamagedException {
        return history.of(Event.RunStarted.class)
                .findFirst()
                .map(History.Stamped::event)
                .orElseThrow(() -> new JournalDamagedException(
                        folder.journal() + ": found no run-started record, expected it first"));
    }

    private static PlatformProfile profile(RunFolder folder, Event.RunStarted started) throws JournalDamagedException {
        String sha256 = Embedding.sha256(started.profile().text());
        if (!sha256.equals(started.profile().sha256())) {
            throw new JournalDamagedException(folder.journal() + ": found a profile with SHA-256 " + sha256
                    + ", expected the one kept: " + started.profile().sha256());
        }
        Path path = Path.of(started.profile().path()).toAbsolutePath();
        return understood(
                folder,
                new ProfileReader(new SchemaCheck(), Path.of(System.getProperty("user.home")))
                        .read(started.profile().path(), started.profile().text(), path.resolveSibling("")));
    }

    private static StoredRun of(RunFolder folder, List<History.Entry> entries, List<RequestRecord> load)
            throws JournalDamagedException {
        History history = new History(entries, load);
        Event.RunStarted started = started(folder, history);
        SuiteFiles suite = understood(
                folder,
                new SuiteReader(new SchemaCheck()).readKept(started.suite(), started.planned(), started.scenarios()));
        PlatformProfile profile = profile(folder, started);
        return new StoredRun(
                folder,
                new JudgeInput(suite.suite().scenarios(), started.suite(), started.planned(), profile, history));
    }

    private static List<RequestRecord> load(RunFolder folder, List<History.Entry> entries)
            throws IOException, JournalDamagedException {
        Optional<Event.LoadRecorded> recorded = new History(entries, List.of())
                .of(Event.LoadRecorded.class)
                .map(History.Stamped::event)
                .findFirst();
        if (recorded.isEmpty()) {
            return List.of();
        }
        Path file = folder.path().resolve(recorded.get().file());
        String sha256 = RequestLog.sha256(file);
        if (!sha256.equals(recorded.get().sha256())) {
            throw new JournalDamagedException(file + ": found SHA-256 " + sha256 + ", the journal vouches for "
                    + recorded.get().sha256() + ": these are not the load records of this run");
        }
        return RequestLog.read(file);
    }

    private static <T> T understood(RunFolder folder, Read<T> read) throws JournalDamagedException {
        return switch (read) {
            case Read.Ok<T>(T value) -> value;
            case Read.Bad<T>(List<Problem> problems) ->
                throw new JournalDamagedException(
                        folder.journal() + ": an embedded file is not understood: " + problems.getFirst());
        };
    }
}
