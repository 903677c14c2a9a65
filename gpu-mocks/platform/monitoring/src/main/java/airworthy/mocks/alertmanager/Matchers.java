package airworthy.mocks.alertmanager;

import airworthy.mocks.promql.LabelMatcher;
import airworthy.mocks.promql.LabelMatcher.Operator;
import airworthy.mocks.promql.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Conditions that must all hold. */
record Matchers(List<LabelMatcher> all) {
    /** One condition, its value quoted or bare, and the comma after it. */
    private static final Pattern CONDITION = Pattern.compile(
            "\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|!~|!=|=)\\s*(?:\"((?:\\\\.|[^\"\\\\])*)\"|([^\",{}]*?))\\s*(?:,|$)");

    Matchers {
        all = List.copyOf(all);
    }

    /**
     * Reads one text of conditions: {@code severity="page"} or {@code {a="b", c=~"d|e"}}.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static List<LabelMatcher> parse(String text) {
        String inner = text.strip();
        if (inner.startsWith("{") && inner.endsWith("}")) {
            inner = inner.substring(1, inner.length() - 1);
        }
        List<LabelMatcher> found = new ArrayList<>();
        Matcher condition = CONDITION.matcher(inner);
        int at = 0;
        while (at < inner.length()) {
            if (!condition.region(at, inner.length()).lookingAt()) {
                throw new IllegalArgumentException(
                        "found matcher `" + text + "`, expected one such as severity=\"page\" or team=~\"a|b\"");
            }
            String quoted = condition.group(3);
            String value = quoted != null ? unescaped(quoted) : condition.group(4);
            found.add(
                    new LabelMatcher(condition.group(1), Operator.of(condition.group(2)), value == null ? "" : value));
            at = condition.end();
        }
        return found;
    }

    private static String unescaped(String quoted) {
        return quoted.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    boolean match(Labels labels) {
        return all.stream().allMatch(m -> m.matches(labels));
    }

    @Override
    public String toString() {
        return all.stream().map(LabelMatcher::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
