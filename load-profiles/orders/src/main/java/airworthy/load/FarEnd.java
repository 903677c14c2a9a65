package airworthy.load;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * The other end of the pipe to a load JVM: a process of this machine, or a pod of a cluster. Its streams are each for one
 * thread, everything else is safe for any number.
 */
public interface FarEnd {

    /** A load JVM on this machine, whose standard streams are pipes. */
    static FarEnd of(Process process) {
        return new LocalEnd(process);
    }

    /** Where it is, for people. */
    String where();

    /** What it reads; closing it tells it to end. */
    OutputStream commands();

    /** What it says by the protocol; ends when it does. */
    InputStream notices();

    /** What it says besides; ends when it does. */
    InputStream words();

    /**
     * Waits for its end.
     *
     * @return how it ended, to be put behind "the load JVM", for example {@code ended with exit code 3}; empty if it has
     *     not within that time
     */
    Optional<String> awaitEnd(Duration within) throws InterruptedException;

    /** Ends it, whatever it does; waits for nothing. */
    void kill();
}
