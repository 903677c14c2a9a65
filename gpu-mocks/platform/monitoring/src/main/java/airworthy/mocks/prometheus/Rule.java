package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Expr;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rule as its file states it. */
sealed interface Rule {
    /** The alert's name or the recorded metric's. */
    String name();

    /** The expression as written, for people. */
    String query();

    /** The expression. */
    Expr expr();

    /** Writes a new series. */
    record Recording(String name, String query, Expr expr, SortedMap<String, String> labels) implements Rule {}

    /** Raises an alert for each sample of the expression. */
    record Alerting(
            String name,
            String query,
            Expr expr,
            Duration holdFor,
            Duration keepFiringFor,
            SortedMap<String, AlertTemplate> labels,
            SortedMap<String, AlertTemplate> annotations)
            implements Rule {
        static SortedMap<String, String> sources(SortedMap<String, AlertTemplate> templates) {
            SortedMap<String, String> sources = new TreeMap<>();
            for (Map.Entry<String, AlertTemplate> template : templates.entrySet()) {
                sources.put(template.getKey(), template.getValue().source());
            }
            return sources;
        }
    }

    /** Rules evaluated in order at one moment. */
    record Group(String name, String file, Duration interval, List<Rule> rules) {}
}
