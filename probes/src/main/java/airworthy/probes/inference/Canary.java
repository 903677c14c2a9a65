package airworthy.probes.inference;

import java.time.Duration;
import java.util.Optional;

/**
 * What one small streamed question got from one replica.
 *
 * @param ending how the stream ended
 * @param firstToken from asking to the first event with content, if there was one
 * @param medianGap between one event with content and the next, if there were two
 * @param events how many events had content
 * @param text what was answered, reasoning included
 * @param pod the replica that answered, if it says so in the header {@code x-inference-pod}
 */
public record Canary(
        Ending ending,
        Optional<Duration> firstToken,
        Optional<Duration> medianGap,
        int events,
        String text,
        Optional<String> pod) {

    /** How a stream ended. */
    public enum Ending {
        /** With its own end mark. */
        COMPLETE,
        /** Without its end mark. */
        CUT,
        /** Not in time. */
        TIMED_OUT,
        /** With an error sent within the stream. */
        ERROR
    }
}
