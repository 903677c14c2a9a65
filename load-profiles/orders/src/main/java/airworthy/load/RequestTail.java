package airworthy.load;

import airworthy.model.RequestRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Follows a log of requests while it is written. For one thread. */
public final class RequestTail {
    private final Path file;
    private long read;

    private RequestTail(Path file, long read) {
        this.file = file;
        this.read = read;
    }

    /**
     * Follows a log from its first record on.
     *
     * @param file the log, which need not be there yet
     */
    public static RequestTail fromStart(Path file) {
        return new RequestTail(file, 0);
    }

    /**
     * Follows a log from the first record that is not written whole by now.
     *
     * @param file the log, which need not be there yet
     * @throws IOException when the file cannot be read
     */
    public static RequestTail fromNow(Path file) throws IOException {
        if (!Files.exists(file)) {
            return fromStart(file);
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = log.length();
            while (from > 0 && byteBefore(from, log) != '\n') {
                from--;
            }
            return new RequestTail(file, from);
        }
    }

    private static int byteBefore(long position, RandomAccessFile log) throws IOException {
        log.seek(position - 1);
        return log.read();
    }

    /**
     * The requests that have been written whole since the last call, in the order of their ends.
     *
     * @throws IOException when the file cannot be read, or a line of it is no record
     */
    public List<RequestRecord> next() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(log.length() - read)];
            log.seek(read);
            log.readFully(bytes);
            // a line end is a byte of its own in UTF-8, so cutting there never cuts a character
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            List<RequestRecord> records =
                    RequestLog.parse(new String(bytes, 0, whole, StandardCharsets.UTF_8), file.toString());
            read += whole;
            return records;
        }
    }
}
