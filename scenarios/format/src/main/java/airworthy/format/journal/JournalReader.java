package airworthy.format.journal;

import airworthy.model.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a journal back. */
public final class JournalReader {
    private JournalReader() {}

    /**
     * What a journal holds.
     *
     * @param entries its records
     * @param wholeBytes the length of the file up to the end of its last whole line
     */
    public record Content(List<History.Entry> entries, long wholeBytes) {
        public Content {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Reads all records. A last line without its line end is what a killed writer leaves: it is dropped, and only it.
     *
     * @throws IOException if the file cannot be read
     * @throws JournalDamagedException if any other line is damaged, or numbers are missing
     */
    public static Content read(Path path) throws IOException, JournalDamagedException {
        byte[] bytes = Files.readAllBytes(path);
        JournalCodec codec = new JournalCodec();
        List<History.Entry> entries = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                entries.add(readLine(
                        codec, path, entries.size(), new String(bytes, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            }
        }
        return new Content(entries, start);
    }

    private static History.Entry readLine(JournalCodec codec, Path path, int expectedSeq, String line)
            throws JournalDamagedException {
        String where = path.getFileName() + ":" + (expectedSeq + 1) + ": ";
        try {
            History.Entry entry = codec.read(line);
            if (entry.seq() != expectedSeq) {
                throw new JournalDamagedException("found record " + entry.seq() + ", expected " + expectedSeq);
            }
            return entry;
        } catch (JournalDamagedException e) {
            throw new JournalDamagedException(where + e.getMessage(), e);
        }
    }
}
