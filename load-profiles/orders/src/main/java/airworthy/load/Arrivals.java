package airworthy.load;

import airworthy.model.RequestRecord;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The records of a load JVM elsewhere as they arrive: written down here, by our clock, in a log like any other. In the end
 * they are held against what the sender counted and digested. Safe for any number of threads.
 */
final class Arrivals implements AutoCloseable {

    private final String sender;
    private final RequestLogWriter log;
    private final ObjectReader json = RequestLog.reader();
    private final MessageDigest digest = RequestLog.digest();
    private ClockOffset clock = ClockOffset.NONE;
    private long records;

    /**
     * @param sender where it is, for messages
     * @param file the log, which must not exist
     */
    Arrivals(String sender, Path file) throws IOException {
        this.sender = sender;
        this.log = new RequestLogWriter(file);
    }

    /** From now on stamps are told by our clock. */
    synchronized void by(ClockOffset theirs) {
        clock = theirs;
    }

    /**
     * Takes in one line of the sender's log.
     *
     * @throws IOException when it is no record, or cannot be written
     */
    synchronized void take(String line) throws IOException {
        records++;
        RequestRecord theirs = RequestLog.record(json, line, "records of " + sender, records);
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        log.add(clock.ours(theirs));
    }

    /** Lets a reader of the log see what has arrived. */
    synchronized void flush() throws IOException {
        log.flush();
    }

    /**
     * Puts everything on disk.
     *
     * @param sent what the sender says that it sent
     * @return the log here
     * @throws IOException when not all of that has arrived, or not as it was sent
     */
    synchronized LoadLog finish(LoadLog sent) throws IOException {
        String arrived = HexFormat.of().formatHex(digest.digest());
        LoadLog here = log.finish();
        if (records != sent.records()) {
            throw new IOException("records of %s: found %,d, expected the %,d that were sent; the others are lost"
                    .formatted(sender, records, sent.records()));
        }
        if (!arrived.equals(sent.sha256())) {
            throw new IOException("records of %s: found SHA-256 %s, expected %s; they were changed on the way"
                    .formatted(sender, arrived, sent.sha256()));
        }
        return here;
    }

    @Override
    public synchronized void close() throws IOException {
        log.close();
    }
}
