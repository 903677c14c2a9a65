package airworthy.mocks.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Selectors over labels, from their text form ({@code a=b,c in (d,e)}) or from an object's {@code selector}. */
public final class LabelSelector {
    private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([^=!\\s]+)");
    private static final Pattern COMMA = Pattern.compile(",");

    private LabelSelector() {}

    /** A predicate over whole objects from the query parameter {@code labelSelector}. */
    public static Predicate<JsonNode> parse(String text) {
        List<Predicate<JsonNode>> terms = new ArrayList<>();
        for (String term : COMMA_OUTSIDE_PARENTHESES.split(text, -1)) {
            if (!term.isBlank()) {
                terms.add(term(term.strip()));
            }
        }
        return object -> {
            JsonNode labels = object.path("metadata").path("labels");
            return terms.stream().allMatch(t -> t.test(labels));
        };
    }

    /** Whether labels satisfy a plain map, as a Service or a node selector states it; an empty map matches. */
    public static boolean matchesMap(JsonNode wanted, JsonNode labels) {
        return wanted.properties().stream()
                .allMatch(e ->
                        labels.path(e.getKey()).asText("\0").equals(e.getValue().asText()));
    }

    /** Whether labels satisfy a selector with {@code matchLabels} and {@code matchExpressions}. */
    public static boolean matches(JsonNode selector, JsonNode labels) {
        if (!matchesMap(selector.path("matchLabels"), labels)) {
            return false;
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            if (!holds(expression, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(JsonNode expression, JsonNode labels) {
        JsonNode value = labels.path(expression.path("key").asText());
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(v -> values.add(v.asText()));
        return switch (expression.path("operator").asText()) {
            case "In" -> values.contains(value.asText("\0"));
            case "NotIn" -> !values.contains(value.asText("\0"));
            case "Exists" -> !value.isMissingNode();
            case "DoesNotExist" -> value.isMissingNode();
            default -> false;
        };
    }

    private static Predicate<JsonNode> term(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            Set<String> values = Set.copyOf(
                    COMMA.splitAsStream(set.group(3)).map(String::strip).toList());
            boolean in = set.group(2).equals("in");
            String key = set.group(1);
            return labels -> values.contains(labels.path(key).asText("\0")) == in;
        }
        Matcher equality = EQUALITY.matcher(term);
        if (equality.matches()) {
            boolean equal = !equality.group(2).equals("!=");
            String key = equality.group(1);
            String value = equality.group(3);
            return labels -> labels.path(key).asText("\0").equals(value) == equal;
        }
        Matcher exists = EXISTS.matcher(term);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            String key = exists.group(2);
            return labels -> labels.has(key) == wanted;
        }
        throw ApiFailure.badRequest("unable to parse requirement: found '" + term + "', expected 'key=value'");
    }
}
