package airworthy.probes.http;

import java.time.Duration;

/**
 * How long a call may take.
 *
 * @param connect to be connected
 * @param answer from asking to the last byte, connecting included
 */
public record Limits(Duration connect, Duration answer) {

    /** Short enough that a dead platform is told within 5 s. */
    public static Limits standard() {
        return new Limits(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }
}
