package airworthy.probes.http;

import java.net.http.HttpResponse;

/**
 * What came of one HTTP call.
 *
 * @param <T> what the body was read as
 */
public sealed interface CallResult<T> {

    /** An answer arrived whole, whatever its status. */
    record Answered<T>(HttpResponse<T> response) implements CallResult<T> {}

    /**
     * The connection could not be made or broke off.
     *
     * @param why what was asked and what happened
     */
    record Broken<T>(String why) implements CallResult<T> {}

    /**
     * The answer was not there, or not whole, in time.
     *
     * @param why what was asked and how long was waited
     */
    record TimedOut<T>(String why) implements CallResult<T> {}
}
