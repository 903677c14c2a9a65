package airworthy.load;

import airworthy.model.RequestRecord;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes a log of requests and digests it on the way. For one thread. */
public final class RequestLogWriter implements RequestSink {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileOutputStream out;
    private final OutputStream buffered;
    private final MessageDigest digest = RequestLog.digest();
    private final ObjectWriter json = RequestLog.writer();
    private long records;

    /**
     * Makes the file, and its folder if that is missing.
     *
     * @throws IOException when it cannot be made, or is there already: a log is never overwritten
     */
    public RequestLogWriter(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        Files.createDirectories(this.file.resolveSibling("."));
        Files.createFile(this.file);
        this.out = new FileOutputStream(this.file.toFile());
        this.buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    @Override
    public void add(RequestRecord request) throws IOException {
        byte[] line = RequestLog.line(json, request);
        digest.update(line);
        buffered.write(line);
        records++;
    }

    /** Hands what was added to the operating system. */
    @Override
    public void flush() throws IOException {
        buffered.flush();
    }

    /** Puts every record on disk. */
    @Override
    public LoadLog finish() throws IOException {
        buffered.flush();
        out.getFD().sync();
        out.close();
        return new LoadLog(file, HexFormat.of().formatHex(digest.digest()), records);
    }

    /** Closes the file without a promise that what was added is on disk. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
