package airworthy.probes.prometheus;

import java.util.Map;

/**
 * A rule that raises alerts.
 *
 * @param name of its alerts
 * @param query its expression, as Prometheus prints it
 * @param labels what it adds to its alerts
 * @param annotations what it tells with them
 */
public record AlertingRule(String name, String query, Map<String, String> labels, Map<String, String> annotations) {
    public AlertingRule {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
