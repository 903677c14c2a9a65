package airworthy.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** The channel between harness and load JVM: JSON, one message a line. Safe for any number of threads. */
public final class Wire {

    /** Raised whenever a message changes its meaning or loses a field. */
    public static final int PROTOCOL = 6;

    private final JsonMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    /** Returns a line, without its end. */
    public String line(Command command) {
        return write(command);
    }

    /** Returns a line, without its end. */
    public String line(Notice notice) {
        return write(notice);
    }

    /**
     * Reads a command.
     *
     * @throws IOException when the line is none; the message shows what is wrong, never the line, which may hold a key
     */
    public Command command(String line) throws IOException {
        return read(line, Command.class, "command");
    }

    /**
     * Reads a notice.
     *
     * @throws IOException when the line is none
     */
    public Notice notice(String line) throws IOException {
        return read(line, Notice.class, "notice");
    }

    private String write(Object message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of the load protocol cannot be written: " + e.getMessage(), e);
        }
    }

    private <T> T read(String line, Class<T> type, String what) throws IOException {
        try {
            return json.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "load protocol %d: found a line that is no %s: %s"
                            .formatted(PROTOCOL, what, e.getOriginalMessage()),
                    e);
        }
    }
}
