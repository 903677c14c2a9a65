package airworthy.mocks.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be changed in a running server's behaviour. A further lever is one more constant. */
public enum Lever {
    TOKEN_DELAY_FACTOR("tokenDelayFactor", 1, 0.001, 10_000, "multiplies the gap between tokens, from the next token"),
    FIRST_TOKEN_DELAY_FACTOR("firstTokenDelayFactor", 1, 0.001, 10_000, "multiplies the wait for the first token"),
    HANG_AFTER_TOKENS("hangAfterTokens", 0, 0, 1_000_000, "an answer stops for good after this many tokens; 0 is off"),
    MEMORY_PIECE(
            "memoryPiece",
            0,
            0,
            1,
            "free memory is cut into pieces of this part of what a request needs, by small blocks that stay; 0 is off"),
    MEMORY_LEFT(
            "memoryLeft", 0, 0, 1, "memory is held until this part of what a request needs is left in total; 0 is off");

    private final String key;
    private final double rest;
    private final double least;
    private final double most;
    private final String effect;

    Lever(String key, double rest, double least, double most, String effect) {
        this.key = key;
        this.rest = rest;
        this.least = least;
        this.most = most;
        this.effect = effect;
    }

    /** Finds a lever by the name that the admin API uses. */
    static Optional<Lever> named(String key) {
        return Arrays.stream(values()).filter(lever -> lever.key.equals(key)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Lever::key).toList();
    }

    /** Returns the name that the admin API uses. */
    public String key() {
        return key;
    }

    /** Returns the value at which the lever does nothing. */
    public double rest() {
        return rest;
    }

    /** Returns why {@code value} cannot be set, or empty when it can. */
    Optional<String> refusal(double value) {
        return value >= least && value <= most
                ? Optional.empty()
                : Optional.of("%s: found %s, expected a number from %s to %s (%s)"
                        .formatted(key, value, least, most, effect));
    }
}
