package airworthy.mocks.promql;

import airworthy.mocks.promql.Value.Vector;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** The functions that rewrite labels and leave values alone. */
final class LabelFunctions {
    private LabelFunctions() {}

    /** Applies label_replace; texts are destination, replacement, source, regular expression. */
    static Vector replace(Vector vector, List<String> texts) {
        String destination = labelName(texts.getFirst());
        Replacement replacement = replacement(texts.get(3), texts.get(1));
        return new Vector(vector.samples().stream()
                .map(s -> new Sample(
                        replacement
                                .apply(s.labels().get(texts.get(2)))
                                .map(value -> s.labels().with(destination, value))
                                .orElse(s.labels()),
                        s.value()))
                .toList());
    }

    /** Applies label_join; texts are destination, separator, sources. */
    static Vector join(Vector vector, List<String> texts) {
        String destination = labelName(texts.getFirst());
        List<String> sources = texts.subList(2, texts.size());
        return new Vector(vector.samples().stream()
                .map(s -> new Sample(
                        s.labels()
                                .with(
                                        destination,
                                        sources.stream()
                                                .map(s.labels()::get)
                                                .collect(Collectors.joining(texts.get(1)))),
                        s.value()))
                .toList());
    }

    private static Replacement replacement(String regex, String template) {
        try {
            return new Replacement(Pattern.compile(regex, Pattern.DOTALL), template);
        } catch (PatternSyntaxException e) {
            throw PromqlException.unanswerable(
                    "invalid regular expression in label_replace(): " + regex + ": " + e.getDescription());
        }
    }

    private static String labelName(String name) {
        Matcher matcher = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*").matcher(name);
        if (!matcher.matches()) {
            throw PromqlException.unanswerable("invalid destination label name: \"" + name + "\"");
        }
        return name;
    }
}
