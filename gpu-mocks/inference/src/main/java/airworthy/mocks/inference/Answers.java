package airworthy.mocks.inference;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The text a model gives: a pure function of model, prompt and length, so that a known answer can be checked. */
public final class Answers {

    private static final List<String> WORDS = List.of(
            "the", "a", "light", "river", "stone", "engine", "north", "quiet", "seven", "green", "field", "carries",
            "turns", "holds", "under", "beside", "morning", "signal", "paper", "glass", "and", "then", "slowly",
            "again", "window", "bridge", "copper", "letter", "open", "salt", "table", "wind");

    private Answers() {}

    /** Returns the tokens of an answer; joined, they are its text. The first {@code n} tokens do not depend on length. */
    public static List<String> tokens(String model, String prompt, int length) {
        SplittableRandom random = new SplittableRandom(31L * model.hashCode() + prompt.hashCode());
        return IntStream.range(0, length)
                .mapToObj(i -> (i == 0 ? "" : " ") + WORDS.get(random.nextInt(WORDS.size())))
                .toList();
    }

    /** Returns how many tokens a prompt counts: its words. */
    public static int count(String prompt) {
        String text = prompt.strip();
        return text.isEmpty() ? 0 : text.split("\\s+").length;
    }
}
