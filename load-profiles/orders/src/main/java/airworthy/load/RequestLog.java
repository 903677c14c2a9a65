package airworthy.load;

import airworthy.model.RequestRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The log of all requests, {@code load/requests.jsonl}: one {@link RequestRecord} a line. */
public final class RequestLog {

    private RequestLog() {}

    /**
     * Reads a whole log.
     *
     * @throws IOException when a line is no record or the last one is torn; the message says file and line
     */
    public static List<RequestRecord> read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads the text of a log.
     *
     * @param name for messages
     * @throws IOException as {@link #read}
     */
    public static List<RequestRecord> parse(String text, String name) throws IOException {
        ObjectReader reader = reader();
        List<RequestRecord> records = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int line = records.size() + 1;
            int end = text.indexOf('\n', from);
            if (end < 0) {
                throw new IOException(
                        "%s:%d: the last line is torn: found no end of line after %d characters; the load engine did not finish this log"
                                .formatted(name, line, text.length() - from));
            }
            records.add(record(reader, text.substring(from, end), name, line));
            from = end + 1;
        }
        return List.copyOf(records);
    }

    /** Reads one line; its number and the log's name are for messages. */
    static RequestRecord record(ObjectReader reader, String text, String name, long line) throws IOException {
        try {
            RecordLine parsed = reader.readValue(text);
            return parsed.toRecord();
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s:%d: found no request record: %s".formatted(name, line, e.getOriginalMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s:%d: found an unknown outcome: %s".formatted(name, line, e.getMessage()), e);
        }
    }

    /**
     * Returns the SHA-256 of a file's bytes, in hex.
     *
     * @throws IOException when the file cannot be read
     */
    public static String sha256(Path file) throws IOException {
        return HexFormat.of().formatHex(digest().digest(Files.readAllBytes(file)));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, this one does not", e);
        }
    }

    static byte[] line(ObjectWriter writer, RequestRecord request) throws IOException {
        return (text(writer, request) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A line without its end. */
    static String text(ObjectWriter writer, RequestRecord request) throws IOException {
        return writer.writeValueAsString(RecordLine.of(request));
    }

    static ObjectWriter writer() {
        return mapper().writerFor(RecordLine.class);
    }

    static ObjectReader reader() {
        return mapper().readerFor(RecordLine.class).with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder().addModule(new Jdk8Module()).build();
    }
}
