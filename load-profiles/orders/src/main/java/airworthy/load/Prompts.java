package airworthy.load;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The prompts of one stream: a pure function of profile, seed and number. Prompts differ, so that no prefix cache
 * answers in the model's place. Immutable.
 */
public record Prompts(LoadProfile profile, long seed) {

    /** Returns the prompt of a request by its place in the schedule, from 0. */
    public String prompt(long number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        return IntStream.range(0, profile.promptWords())
                .mapToObj(
                        i -> profile.words().get(random.nextInt(profile.words().size())))
                .collect(Collectors.joining(" "));
    }
}
