package airworthy.mocks.prometheus;

import java.time.Instant;
import java.util.List;

/** Where alerts go. Returns at once; delivery is in order. */
@FunctionalInterface
interface AlertSender {
    /**
     * An alert on its way.
     *
     * @param alert the alert, firing or resolved
     * @param query the expression that raised it
     * @param validUntil when a firing alert ends unless it is sent again
     */
    record Outgoing(ActiveAlert alert, String query, Instant validUntil) {}

    /** Sends a batch. */
    void send(List<Outgoing> alerts);
}
