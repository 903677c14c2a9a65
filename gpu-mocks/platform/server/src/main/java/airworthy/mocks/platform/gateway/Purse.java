package airworthy.mocks.platform.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One budget while it is spent. What an answer used is known, and booked, when it ends: answers that are under way when the
 * budget is spent may end. Thread-safe.
 */
final class Purse {

    private final Budget budget;
    private final InstantSource clock;
    private long window;
    private long spent;

    Purse(Budget budget, InstantSource clock) {
        this.budget = budget;
        this.clock = clock;
    }

    Budget budget() {
        return budget;
    }

    /** How long nothing more is granted; empty if something is. */
    synchronized Optional<Duration> emptyFor() {
        Instant now = turn();
        long next = (window + 1) * budget.per().toMillis();
        return spent < budget.limit()
                ? Optional.empty()
                : Optional.of(Duration.between(now, Instant.ofEpochMilli(next)));
    }

    synchronized void spend(Tokens used) {
        turn();
        spent += budget.cost(used);
    }

    /** What was spent in this window. */
    synchronized long spent() {
        turn();
        return spent;
    }

    private Instant turn() {
        Instant now = clock.instant();
        long current = now.toEpochMilli() / budget.per().toMillis();
        if (current != window) {
            window = current;
            spent = 0;
        }
        return now;
    }
}
