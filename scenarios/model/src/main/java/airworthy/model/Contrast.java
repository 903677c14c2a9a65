package airworthy.model;

import java.time.Duration;

/**
 * A second fault at the same target that must not look like the first: made when the first has healed, held for a while, and
 * taken back.
 *
 * @param fault what is done
 * @param hold how long it holds, in production time
 */
public record Contrast(Fault fault, Duration hold) {
    public Contrast {
        if (!hold.isPositive()) {
            throw new IllegalArgumentException("a contrast must hold for some time: " + hold);
        }
    }
}
