package airworthy.mocks.alertmanager;

import airworthy.mocks.promql.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A node of the routing tree, with what it inherits filled in.
 *
 * @param key its place in the tree, as Alertmanager writes it into group keys
 */
record Route(
        String key,
        String receiver,
        Matchers matchers,
        Continuation continuation,
        GroupBy groupBy,
        Timing timing,
        List<Route> routes) {
    /** Whether the siblings after a match are tried too. */
    enum Continuation {
        STOP,
        CONTINUE
    }

    /** What makes two alerts one notification. */
    sealed interface GroupBy {
        /** The values of these labels. */
        record Of(Set<String> labels) implements GroupBy {}

        /** All labels: every alert for itself. */
        record All() implements GroupBy {}

        default Labels group(Labels labels) {
            return switch (this) {
                case Of(Set<String> names) -> labels.keeping(names);
                case All() -> labels;
            };
        }
    }

    /** When a group is notified about. */
    record Timing(Duration groupWait, Duration groupInterval, Duration repeatInterval) {}

    Route {
        routes = List.copyOf(routes);
    }

    /** Returns the routes an alert takes: the deepest that match, this one where no child does. */
    List<Route> match(Labels labels) {
        if (!matchers.match(labels)) {
            return List.of();
        }
        List<Route> found = new ArrayList<>();
        for (Route child : routes) {
            List<Route> below = child.match(labels);
            found.addAll(below);
            if (!below.isEmpty() && child.continuation == Continuation.STOP) {
                break;
            }
        }
        return found.isEmpty() ? List.of(this) : found;
    }
}
