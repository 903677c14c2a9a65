package airworthy.proxy;

import java.time.Duration;
import java.util.Optional;

/** One way in which an answer is made worse than it came. */
sealed interface Disturbance {

    /**
     * Each event comes later, so that the gaps are {@code factor} times as long.
     *
     * @param gap the gap of an undisturbed stream, or empty to measure it
     */
    record SlowEvents(double factor, Optional<Duration> gap) implements Disturbance {}

    /** The first event comes later by so much, and those after it as long after it as ever. */
    record LateFirstEvent(Duration by) implements Disturbance {}

    /** Nothing comes any more after so many events; the connection stays. */
    record Hang(int afterEvents) implements Disturbance {}

    /** The connection ends after so many events. */
    record Cut(int afterEvents, boolean byReset) implements Disturbance {}

    /** After so many events an error comes as an event, and the stream ends in good order. */
    record InBandError(int afterEvents) implements Disturbance {}

    /** A share of the requests is answered by an error at once, and the model server does not see them. */
    record Refuse(int status, double share) implements Disturbance {}

    /** The words of the answer are others, of the same length. */
    record WrongWords() implements Disturbance {}

    /** What metrics and log call it. */
    default String kind() {
        return switch (this) {
            case SlowEvents _ -> "slow";
            case LateFirstEvent _ -> "late-first";
            case Hang _ -> "hang";
            case Cut _ -> "cut";
            case InBandError _ -> "in-band-error";
            case Refuse _ -> "refused";
            case WrongWords _ -> "wrong-words";
        };
    }
}
