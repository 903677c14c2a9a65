package airworthy.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The shape of a kind of load.
 *
 * @param name for example {@code chat}
 * @param arrivals how requests arrive
 * @param promptWords words in each prompt
 * @param answerTokens tokens that an answer is asked to have
 * @param slo the name of the promise that this kind of load is held against
 * @param words that prompts are made of
 */
public record LoadProfile(
        String name, Arrivals arrivals, int promptWords, int answerTokens, String slo, List<String> words) {

    /** How requests arrive. */
    public enum Arrivals {
        @JsonProperty("constant")
        CONSTANT,
        @JsonProperty("poisson")
        POISSON
    }

    public LoadProfile {
        words = List.copyOf(words);
        if (promptWords < 1 || answerTokens < 1 || words.isEmpty()) {
            throw new IllegalArgumentException(
                    "load profile %s: promptWords, answerTokens and words must not be empty".formatted(name));
        }
    }

    /** Returns when the requests of an order are wanted. */
    public Schedule schedule(StreamOrder order) {
        return switch (arrivals) {
            case CONSTANT -> new Schedule.Constant(order.perSecond(), order.seed());
            case POISSON -> new Schedule.Poisson(order.perSecond(), order.seed());
        };
    }
}
