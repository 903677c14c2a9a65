package airworthy.load;

import java.io.IOException;

/** Sends load as ordered. Safe for any number of threads. */
public interface LoadEngine extends AutoCloseable {

    /**
     * Starts a stream; its schedule begins within a tenth of a second.
     *
     * @throws IOException when the engine refuses the order or is gone; the message says why
     */
    void start(StreamOrder order) throws IOException, InterruptedException;

    /**
     * Counts the requests of a running stream that were sent so far.
     *
     * @throws IOException when no such stream runs, or the engine is gone; the message says why
     */
    long sent(String stream) throws IOException, InterruptedException;

    /**
     * Schedules no more of a stream and waits until none of its requests is in flight; what outlives a short grace is
     * cancelled, so the wait is bounded.
     *
     * @throws IOException when no such stream runs, or the engine is gone; the message says why
     */
    void stop(String stream) throws IOException, InterruptedException;

    /**
     * Stops what still runs and closes the log; no order can follow.
     *
     * @return the log, with every record on disk
     * @throws IOException when the log could not be written, or the engine is gone
     */
    LoadLog finish() throws IOException, InterruptedException;

    /** Ends the engine at once, whatever is in flight. */
    @Override
    void close();
}
