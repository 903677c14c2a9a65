package airworthy.proxy;

import java.time.Duration;

/** What is to be done with the next event of a disturbed stream. */
sealed interface Turn {

    /** It is passed on now. */
    record Pass(boolean wrongWords) implements Turn {}

    /** Its time has not come. */
    record Hold(Duration left, Disturbance why) implements Turn {}

    /** The connection ends in its place. */
    record End(boolean byReset) implements Turn {}

    /** An error comes in its place, and the stream ends in good order. */
    record Fail() implements Turn {}
}
