package airworthy.levers;

import java.util.Optional;

/**
 * The values that a lever takes.
 *
 * @param least the lowest
 * @param most the highest
 * @param effect what they mean, for people
 */
public record Range(double least, double most, String effect) {

    /** Why a value of a lever of that name cannot be set, or empty when it lies within. */
    public Optional<String> refusal(String key, double value) {
        return value >= least && value <= most ? Optional.empty() : told(key, value);
    }

    /** That a value of a lever of that name cannot be set. */
    public Optional<String> told(String key, double value) {
        return Optional.of(
                "%s: found %s, expected a number from %s to %s (%s)".formatted(key, value, least, most, effect));
    }
}
