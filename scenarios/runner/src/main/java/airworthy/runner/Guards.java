package airworthy.runner;

import airworthy.load.RequestTail;
import airworthy.probes.Reading;
import java.io.IOException;
import java.util.Optional;

/**
 * What is looked at while a fault holds, so that it ends at once where it hurts somebody else.
 *
 * @param requests follows the requests of the load
 * @param pages knows of pages about other things
 * @param heartbeat asks the cluster for a sign of life
 * @param monitoring asks the platform's Prometheus for one, if it is known where that is
 */
public record Guards(Requests requests, Pages pages, Heartbeat heartbeat, Optional<Heartbeat> monitoring) {

    /** Follows the requests of the load. */
    @FunctionalInterface
    public interface Requests {
        /**
         * From those on that end after this.
         *
         * @throws IOException if their log cannot be read
         */
        RequestTail open() throws IOException;
    }

    /** Knows of pages. */
    @FunctionalInterface
    public interface Pages {
        /**
         * The first page since an instant that is about something no scenario hits.
         *
         * @param monoNs the instant, monotonic
         */
        Optional<String> since(long monoNs);
    }

    /** Asks for a sign of life. */
    @FunctionalInterface
    public interface Heartbeat {
        /** What it says of itself. */
        Reading<String> read() throws InterruptedException;
    }
}
