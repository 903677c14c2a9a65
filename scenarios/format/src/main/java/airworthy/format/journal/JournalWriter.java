package airworthy.format.journal;

import airworthy.model.Event;
import airworthy.model.History;
import airworthy.model.Stamp;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends to a journal. A record that undo depends on is on the disk when {@link #append} returns; the others follow
 * with it or at {@link #close}.
 *
 * <p>Thread-safe; records get their numbers in the order of the calls.
 */
public final class JournalWriter implements AutoCloseable {
    private final JournalCodec codec = new JournalCodec();
    /** Not a FileChannel: an interrupt would close that, and healing is journalled by interrupted threads too. */
    private final RandomAccessFile file;

    private final List<History.Entry> entries = new ArrayList<>();

    private JournalWriter(RandomAccessFile file, List<History.Entry> before) {
        this.file = file;
        this.entries.addAll(before);
    }

    /**
     * Begins a new journal.
     *
     * @throws IOException if the file exists or cannot be made
     */
    public static JournalWriter create(Path path) throws IOException {
        Files.createFile(path);
        return new JournalWriter(new RandomAccessFile(path.toFile(), "rw"), List.of());
    }

    /**
     * Goes on with a journal whose writer has died; a torn last line is cut off.
     *
     * @throws IOException if the file cannot be read or written
     * @throws JournalDamagedException if more than the last line is damaged
     */
    public static JournalWriter resume(Path path) throws IOException, JournalDamagedException {
        JournalReader.Content content = JournalReader.read(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(content.wholeBytes());
        file.seek(content.wholeBytes());
        return new JournalWriter(file, content.entries());
    }

    /**
     * Appends one record.
     *
     * @throws UncheckedIOException if the disk refuses it: a run that cannot be recorded must not go on
     */
    public synchronized void append(Stamp at, Event event) {
        History.Entry entry = new History.Entry(entries.size(), at, event);
        try {
            file.write((codec.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            if (undoDependsOn(event)) {
                file.getFD().sync();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal could not be written: " + e.getMessage(), e);
        }
        entries.add(entry);
    }

    /** All records so far. */
    public synchronized List<History.Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized void close() throws IOException {
        file.getFD().sync();
        file.close();
    }

    private static boolean undoDependsOn(Event event) {
        return event instanceof Event.RunStarted
                || event instanceof Event.UndoPlanned
                || event instanceof Event.UndoMoved
                || event instanceof Event.RunEnded;
    }
}
