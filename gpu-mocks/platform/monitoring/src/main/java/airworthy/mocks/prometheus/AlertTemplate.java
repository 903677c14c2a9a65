package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A label's or annotation's text with the references of Go's templates that alert rules use most. Immutable. */
final class AlertTemplate {
    private static final Pattern ACTION = Pattern.compile("(\\s*)\\{\\{(-?)(.*?)(-?)}}(\\s*)", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("(?:\\$labels|\\.Labels)\\.([a-zA-Z_][a-zA-Z0-9_]*)");
    private static final Pattern VALUE = Pattern.compile("\\$value|\\.Value");
    private static final String SUPPORTED =
            "{{ $labels.NAME }}, {{ $value }} and {{ $value | humanize }}, humanizeDuration, humanizePercentage";

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Label(String name) implements Part {}

        record Value(ValueFormat format) implements Part {}
    }

    private final String source;
    private final List<Part> parts;

    private AlertTemplate(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException naming whatever is not in the subset
     */
    static AlertTemplate parse(String source) {
        List<Part> parts = new ArrayList<>();
        Matcher action = ACTION.matcher(source);
        int at = 0;
        while (action.find(at)) {
            boolean trimsBefore = !action.group(2).isEmpty();
            boolean trimsAfter = !action.group(4).isEmpty();
            parts.add(new Part.Literal(source.substring(at, trimsBefore ? action.start() : action.end(1))));
            parts.add(part(action.group(3).strip()));
            at = trimsAfter ? action.end() : action.start(5);
        }
        String rest = source.substring(at);
        if (rest.contains("{{")) {
            throw new IllegalArgumentException("found \"{{\" without \"}}\", expected a closed template action");
        }
        parts.add(new Part.Literal(rest));
        return new AlertTemplate(source, parts);
    }

    private static Part part(String action) {
        Matcher label = LABEL.matcher(action);
        if (label.matches()) {
            return new Part.Label(label.group(1));
        }
        int pipe = action.indexOf('|');
        String operand = pipe < 0 ? action : action.substring(0, pipe).strip();
        if (VALUE.matcher(operand).matches()) {
            String function = pipe < 0 ? "" : action.substring(pipe + 1).strip();
            return Arrays.stream(ValueFormat.values())
                    .filter(format -> format.function().equals(function))
                    .findFirst()
                    .<Part>map(Part.Value::new)
                    .orElseThrow(() -> refused("template function \"" + function + "\""));
        }
        throw refused("template action \"" + action + "\"");
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(
                "found " + what + ", which is not in the subset this simulation fills; supported: " + SUPPORTED);
    }

    String source() {
        return source;
    }

    String fill(Labels labels, double value) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Literal(String literal) -> text.append(literal);
                case Part.Label(String name) -> text.append(labels.get(name));
                case Part.Value(ValueFormat format) -> text.append(format.apply(value));
            }
        }
        return text.toString();
    }

    /** How an alert's value is written, as the template function of the same name writes it. */
    enum ValueFormat {
        PLAIN(""),
        HUMANIZE("humanize"),
        DURATION("humanizeDuration"),
        PERCENTAGE("humanizePercentage");

        private final String function;

        ValueFormat(String function) {
            this.function = function;
        }

        String function() {
            return function;
        }

        String apply(double value) {
            return switch (this) {
                case PLAIN -> NumberFormat.shortest(value);
                case HUMANIZE -> Humanized.number(value);
                case DURATION -> Humanized.duration(value);
                case PERCENTAGE -> NumberFormat.significant(value * 100, Humanized.DIGITS) + "%";
            };
        }
    }
}
