package airworthy.load;

import java.time.Duration;

/**
 * How long a user waits before giving up on one request.
 *
 * @param firstToken from the hand-over to the first content
 * @param stall between one content event and the next, or the end
 * @param total from the hand-over to the end
 */
public record Timeouts(Duration firstToken, Duration stall, Duration total) {
    /** What a client waits for that wants to know how long it takes: bounds on a request's life, far beyond any promise. */
    public static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMinutes(5));

    public Timeouts {
        positive("firstToken", firstToken);
        positive("stall", stall);
        positive("total", total);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("time-out %s must be above zero: %s".formatted(name, value));
        }
    }
}
