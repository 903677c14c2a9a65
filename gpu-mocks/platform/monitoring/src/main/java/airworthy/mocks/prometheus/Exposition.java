package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.NumberFormat;
import airworthy.mocks.promql.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the text exposition format 0.0.4. Types and help are passed over, timestamps ignored. */
final class Exposition {
    private final String line;
    private final int number;
    private int at;

    private Exposition(String line, int number) {
        this.line = line;
        this.number = number;
    }

    /**
     * Reads a whole page.
     *
     * @throws IllegalArgumentException with the line, when one is no sample
     */
    static List<Sample> parse(String page) {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        for (String line : page.lines().toList()) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                samples.add(new Exposition(stripped, number).sample());
            }
        }
        return samples;
    }

    private Sample sample() {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put(Labels.NAME, name());
        blanks();
        if (peek() == '{') {
            at++;
            labels(labels);
        }
        blanks();
        int start = at;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        String value = line.substring(start, at);
        try {
            return new Sample(new Labels(labels), NumberFormat.parse(value));
        } catch (NumberFormatException _) {
            throw problem("found \"" + value + "\", expected a number");
        }
    }

    private void labels(Map<String, String> into) {
        while (true) {
            blanks();
            if (peek() == '}') {
                at++;
                return;
            }
            String label = name();
            blanks();
            expect('=');
            blanks();
            expect('"');
            into.put(label, quoted());
            blanks();
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                throw problem("expected \",\" or \"}\" after a label");
            }
        }
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = take();
            if (c == '\\') {
                char escaped = take();
                value.append(
                        switch (escaped) {
                            case 'n' -> "\n";
                            case '\\', '"' -> String.valueOf(escaped);
                            default -> "\\" + escaped;
                        });
            } else {
                value.append(c);
            }
        }
        at++;
        return value.toString();
    }

    private String name() {
        int start = at;
        while (at < line.length()
                && (Character.isLetterOrDigit(line.charAt(at)) || "_:".indexOf(line.charAt(at)) >= 0)) {
            at++;
        }
        if (start == at || Character.isDigit(line.charAt(start))) {
            throw problem("expected a metric or label name");
        }
        return line.substring(start, at);
    }

    private void blanks() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= line.length()) {
            throw problem("found the end of the line, expected more");
        }
        return line.charAt(at);
    }

    private char take() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char c) {
        if (take() != c) {
            throw problem("expected '" + c + "'");
        }
    }

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException("line " + number + ", column " + (at + 1) + ": " + what + " in: " + line);
    }
}
