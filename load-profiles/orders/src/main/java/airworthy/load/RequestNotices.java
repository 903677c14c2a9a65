package airworthy.load;

import airworthy.model.RequestRecord;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Sends records as notices, for a load JVM that shares no disk with the harness, and digests them on the way. For one thread. */
public final class RequestNotices implements RequestSink {

    /** What stands in place of a log's file. */
    public static final Path NO_FILE = Path.of("-");

    private final Consumer<Notice> out;
    private final MessageDigest digest = RequestLog.digest();
    private final ObjectWriter json = RequestLog.writer();
    private long records;

    /** @param out takes one notice at a time, and has sent it when it returns */
    public RequestNotices(Consumer<Notice> out) {
        this.out = out;
    }

    @Override
    public void add(RequestRecord request) throws IOException {
        String line = RequestLog.text(json, request);
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.accept(new Notice.Recorded(line));
        records++;
    }

    @Override
    public void flush() {
        // A notice is sent at once.
    }

    @Override
    public LoadLog finish() {
        return new LoadLog(NO_FILE, HexFormat.of().formatHex(digest.digest()), records);
    }

    @Override
    public void close() {
        // Nothing is kept here.
    }
}
