package airworthy.model;

import java.util.Locale;

/** How one request of the load ended: exactly one of these. */
public enum RequestOutcome {
    /** A whole answer, with its end marked. */
    OK,
    HTTP_4XX,
    HTTP_429,
    HTTP_5XX,
    /** An error object inside a stream that began with status 200. */
    IN_BAND_ERROR,
    /** The stream ended in good order, but without finish reason and end mark. */
    TRUNCATED_CLEAN,
    /** The connection broke after the response began. */
    CUT,
    /** No connection, or it broke before any byte of a response. */
    CONNECT_FAIL,
    FIRST_TOKEN_TIMEOUT,
    STALL_TIMEOUT,
    TOTAL_TIMEOUT,
    /** Nobody was free to send it: the generator's fault, never the platform's. */
    SKIPPED_BY_CAP,
    /** Ended by the harness. */
    CANCELLED;

    /** The stable name in files, for example {@code stall-timeout}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the platform had its chance: neither skipped nor cancelled by us. */
    public boolean answeredByPlatform() {
        return this != SKIPPED_BY_CAP && this != CANCELLED;
    }
}
