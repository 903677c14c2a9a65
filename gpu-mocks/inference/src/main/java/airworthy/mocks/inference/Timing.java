package airworthy.mocks.inference;

import java.time.Duration;

/**
 * How fast an unburdened server answers.
 *
 * @param firstToken from admission to the first token
 * @param gap between two tokens of one answer
 */
public record Timing(Duration firstToken, Duration gap) {

    /** 40 ms and 4 ms: fast enough that a short window holds many samples. */
    public static final Timing FAST = new Timing(Duration.ofMillis(40), Duration.ofMillis(4));

    public Timing {
        if (firstToken.isNegative() || gap.isNegative()) {
            throw new IllegalArgumentException("timing must not be negative: " + firstToken + ", " + gap);
        }
    }
}
