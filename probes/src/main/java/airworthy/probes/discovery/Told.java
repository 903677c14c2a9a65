package airworthy.probes.discovery;

import java.util.Optional;

/**
 * A value for a profile, and whether it was seen or guessed.
 *
 * @param <T> what it is
 * @param value the value
 * @param guess why it was guessed, in words for the profile's owner; empty if it was seen
 */
public record Told<T>(T value, Optional<String> guess) {

    /** It was seen. */
    static <T> Told<T> seen(T value) {
        return new Told<>(value, Optional.empty());
    }

    /** It may be wrong. */
    static <T> Told<T> guessed(T value, String why) {
        return new Told<>(value, Optional.of(why));
    }
}
