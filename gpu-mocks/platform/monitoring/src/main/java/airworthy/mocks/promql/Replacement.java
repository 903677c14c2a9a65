package airworthy.mocks.promql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole-value match and a Go-style template ({@code $1}, {@code ${name}}, {@code $$}) filled from its groups.
 *
 * @param pattern what the whole value must match
 * @param template what replaces it
 */
public record Replacement(Pattern pattern, String template) {
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:(\\$)|\\{([a-zA-Z0-9_]+)}|([a-zA-Z0-9_]+))");

    /** Returns the filled template, or nothing where the value does not match. */
    public Optional<String> apply(String value) {
        Matcher match = pattern.matcher(value);
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.of(REFERENCE.matcher(template).replaceAll(reference -> {
            if (reference.group(1) != null) {
                return Matcher.quoteReplacement("$");
            }
            String braced = reference.group(2);
            return Matcher.quoteReplacement(group(match, braced != null ? braced : reference.group(3)));
        }));
    }

    /** A group that does not exist or took no part is empty, as in Go. */
    private String group(Matcher match, String reference) {
        String found;
        if (reference.chars().allMatch(Character::isDigit)) {
            int number = reference.length() > 3 ? Integer.MAX_VALUE : Integer.parseInt(reference);
            found = number <= match.groupCount() ? match.group(number) : "";
        } else {
            found = pattern.namedGroups().containsKey(reference) ? match.group(reference) : "";
        }
        return found == null ? "" : found;
    }
}
