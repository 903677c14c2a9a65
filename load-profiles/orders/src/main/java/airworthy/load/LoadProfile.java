package airworthy.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;

/**
 * The shape of a kind of load.
 *
 * @param name for example {@code chat}
 * @param arrivals how requests arrive
 * @param promptWords words in each prompt
 * @param answerTokens tokens that an answer is asked to have
 * @param burstiness shape of gamma arrivals: below 1 they come in bursts, 1 is {@code poisson}, far above 1 near constant
 * @param slo what is promised where nobody says otherwise
 * @param words that prompts are made of
 * @param known questions whose answers are known; every {@value Prompts#KNOWN_EVERY}th request asks one of them, if there are any
 */
public record LoadProfile(
        String name,
        Arrivals arrivals,
        double burstiness,
        int promptWords,
        int answerTokens,
        Bounds slo,
        List<String> words,
        List<Known> known) {

    /**
     * A question whose answer is known.
     *
     * @param ask the whole prompt
     * @param answer what a right answer contains, whatever its case
     */
    public record Known(String ask, String answer) {
        public Known {
            if (ask.isBlank() || answer.isBlank()) {
                throw new IllegalArgumentException("known: ask and answer must not be empty");
            }
        }
    }

    /**
     * What users of such a service are promised.
     *
     * @param firstTokenMs from the intended start to the first token
     * @param tokenTimeMs mean time a token
     * @param source who says so
     */
    public record Bounds(int firstTokenMs, int tokenTimeMs, String source) {
        public Bounds {
            if (firstTokenMs < 1 || tokenTimeMs < 1) {
                throw new IllegalArgumentException("slo: firstTokenMs and tokenTimeMs must be above zero");
            }
        }

        public Duration firstToken() {
            return Duration.ofMillis(firstTokenMs);
        }

        public Duration tokenTime() {
            return Duration.ofMillis(tokenTimeMs);
        }
    }

    /** How requests arrive. */
    public enum Arrivals {
        @JsonProperty("constant")
        CONSTANT,
        @JsonProperty("poisson")
        POISSON,
        @JsonProperty("gamma")
        GAMMA
    }

    public LoadProfile {
        words = List.copyOf(words);
        known = List.copyOf(known);
        if (promptWords < 1 || answerTokens < 1 || words.isEmpty()) {
            throw new IllegalArgumentException(
                    "load profile %s: promptWords, answerTokens and words must not be empty".formatted(name));
        }
        if (arrivals == Arrivals.GAMMA && !(burstiness > 0)) {
            throw new IllegalArgumentException(
                    "load profile %s: arrivals: gamma needs a burstiness above zero".formatted(name));
        }
    }

    /** The fewest tokens that a request and its whole answer use: no tokenizer makes less than one of a word. */
    public int leastTokens() {
        return promptWords + answerTokens;
    }

    /**
     * The most tokens that a request and its whole answer may be taken to use: three for each word, with what a chat template
     * adds.
     */
    public int mostTokens() {
        return 3 * promptWords + answerTokens;
    }

    /** Returns when requests are wanted that come at a rate. */
    public Schedule schedule(Demand.Rate rate, long seed) {
        return rate instanceof Demand.Steady(double perSecond)
                ? arrivals(perSecond, seed)
                : new Schedule.Warped(arrivals(1, seed), rate);
    }

    private Schedule arrivals(double perSecond, long seed) {
        return switch (arrivals) {
            case CONSTANT -> new Schedule.Constant(perSecond, seed);
            case POISSON -> new Schedule.Poisson(perSecond, seed);
            case GAMMA -> new Schedule.Gamma(perSecond, burstiness, seed);
        };
    }

    /** How long each request is. */
    Shape shape() {
        return new Shape(promptWords, answerTokens);
    }
}
