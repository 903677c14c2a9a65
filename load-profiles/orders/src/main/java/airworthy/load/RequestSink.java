package airworthy.load;

import airworthy.model.RequestRecord;
import java.io.IOException;

/** Takes the records of a load. For one thread. */
public interface RequestSink extends AutoCloseable {

    /**
     * Adds a record.
     *
     * @throws IOException when it cannot be kept
     */
    void add(RequestRecord request) throws IOException;

    /**
     * Lets a reader see what was added.
     *
     * @throws IOException when it cannot be kept
     */
    void flush() throws IOException;

    /**
     * Makes sure of every record; none may be added after.
     *
     * @throws IOException when one cannot be kept
     */
    LoadLog finish() throws IOException;

    /** Ends without a promise about what was added. */
    @Override
    void close() throws IOException;
}
