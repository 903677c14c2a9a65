package airworthy.proxy;

import java.time.Duration;
import java.time.Instant;

/**
 * How long disturbing is allowed.
 *
 * @param expires after this all is passed on as it comes
 */
record Lease(Instant expires) {

    /** A year is for ever here, and still fits into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Returns what is left of it; nothing when it is over. */
    Duration left(Instant now) {
        if (!now.isBefore(expires)) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, expires);
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }
}
