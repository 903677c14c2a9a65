package airworthy.model;

import java.util.List;

/**
 * A fixed, versioned set of scenarios: two people, one cluster, one suite, one score.
 *
 * @param name for example {@code v1-preview}
 * @param planned how many scenarios the finished suite holds; printed beside how many are present
 * @param scenarios the scenarios present, in order
 */
public record Suite(String name, int planned, List<Scenario> scenarios) {
    public Suite {
        scenarios = List.copyOf(scenarios);
        if (scenarios.isEmpty() || planned < scenarios.size()) {
            throw new IllegalArgumentException(
                    "suite " + name + " holds " + scenarios.size() + " scenarios of " + planned);
        }
    }
}
