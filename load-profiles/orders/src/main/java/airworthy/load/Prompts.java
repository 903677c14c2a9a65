package airworthy.load;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the requests of one stream ask: a pure function of profile, trace, seed and number. Prompts differ, so that no prefix
 * cache answers in the model's place. Immutable.
 *
 * @param trace whose lengths are taken in place of the profile's, if there is one
 */
public record Prompts(LoadProfile profile, Optional<Trace> trace, long seed) {

    /** Seldom enough that answers stay about as long as the profile says, often enough to be seen in a short run. */
    static final int KNOWN_EVERY = 10;

    /** Prompts as long as the profile says. */
    public Prompts(LoadProfile profile, long seed) {
        this(profile, Optional.empty(), seed);
    }

    /** Returns the prompt of a request by its place in the schedule, from 0. */
    public String prompt(long number) {
        return known(number)
                .map(LoadProfile.Known::ask)
                .orElseGet(() -> words(number, shape(number).promptWords()));
    }

    /** Returns how many tokens its answer is asked to have. */
    public int answerTokens(long number) {
        return shape(number).answerTokens();
    }

    /** Returns the question that it asks, if that is one whose answer is known. A trace asks none: it says how long prompts are. */
    public Optional<LoadProfile.Known> known(long number) {
        int questions = profile.known().size();
        boolean asks = trace.isEmpty() && questions > 0 && number % KNOWN_EVERY == KNOWN_EVERY - 1;
        return asks
                ? Optional.of(profile.known().get(Math.toIntExact(number / KNOWN_EVERY % questions)))
                : Optional.empty();
    }

    private Shape shape(long number) {
        return trace.map(known -> known.requests().get(Math.toIntExact(number)).shape())
                .orElseGet(profile::shape);
    }

    private String words(long number, int count) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        return IntStream.range(0, count)
                .mapToObj(
                        i -> profile.words().get(random.nextInt(profile.words().size())))
                .collect(Collectors.joining(" "));
    }
}
