package airworthy.model;

import java.util.regex.Pattern;

/**
 * Names one scenario of a suite, for example {@code SRV-4}.
 *
 * @param value letters, a dash, a number
 */
public record ScenarioId(String value) implements Comparable<ScenarioId> {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2,5}-[0-9]{1,3}");

    public ScenarioId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("scenario id must look like SRV-4: " + value);
        }
    }

    @Override
    public int compareTo(ScenarioId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
