package airworthy.faults.client;

import airworthy.model.Change;
import java.io.IOException;
import java.util.OptionalDouble;

/** Load that this process can send beside the usual one. Thread-safe. */
public interface ExtraLoad {

    /** The rate, per second, at which a stream is sent now; empty if none of that name is. */
    OptionalDouble rate(String stream);

    /**
     * Sends a stream, unless one of that name is sent already.
     *
     * @throws IOException if it could not be begun, or nobody knows whether it was
     */
    void begin(Change.SendLoad load) throws IOException, InterruptedException;

    /**
     * Ends a stream and waits for what is in flight, if it is sent at this very rate.
     *
     * @throws IOException if it could not be ended
     */
    void end(String stream, double perSecond) throws IOException, InterruptedException;

    /** For a process that sends nothing. What another one sent has ended with it. */
    static ExtraLoad none() {
        return new ExtraLoad() {
            @Override
            public OptionalDouble rate(String stream) {
                return OptionalDouble.empty();
            }

            @Override
            public void begin(Change.SendLoad load) throws IOException {
                throw new IOException("this process sends no load");
            }

            @Override
            public void end(String stream, double perSecond) {
                // nothing is sent
            }
        };
    }
}
