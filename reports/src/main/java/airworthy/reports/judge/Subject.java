package airworthy.reports.judge;

import airworthy.model.Alert;
import airworthy.model.Dimension;
import airworthy.model.Target;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What an alert is about, told by its labels. */
enum Subject {
    TARGET,
    BYSTANDER,
    UNRELATED;

    private static final Set<Dimension> NAMING = EnumSet.of(
            Dimension.REPLICA,
            Dimension.WORKLOAD,
            Dimension.NAMESPACE,
            Dimension.TENANT,
            Dimension.TEAM,
            Dimension.NODE,
            Dimension.DEVICE,
            Dimension.SOURCE);

    /** One of these with another value, and the alert is about something else, whatever else agrees. */
    private static final Set<Dimension> EXCLUDING = EnumSet.of(Dimension.NAMESPACE, Dimension.WORKLOAD);

    static Subject of(Alert alert, Target target, Map<Dimension, List<String>> labels) {
        if (names(alert, target.names(), labels) || namesTwin(alert, target, labels)) {
            return TARGET;
        }
        return target.bystanders().stream().anyMatch(names -> names(alert, names, labels)) ? BYSTANDER : UNRELATED;
    }

    /** The values that an alert gives a dimension, best label first. */
    static List<String> values(Alert alert, Dimension dimension, Map<Dimension, List<String>> labels) {
        return labels.getOrDefault(dimension, List.of()).stream()
                .map(label -> alert.labels().get(label))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether an alert says at all what it is about. */
    static boolean named(Alert alert, Map<Dimension, List<String>> labels) {
        return NAMING.stream()
                .anyMatch(dimension -> !values(alert, dimension, labels).isEmpty());
    }

    private static boolean names(Alert alert, Map<Dimension, String> truth, Map<Dimension, List<String>> labels) {
        boolean named = false;
        for (Dimension dimension : NAMING) {
            String expected = truth.get(dimension);
            List<String> values = values(alert, dimension, labels);
            if (expected == null || values.isEmpty()) {
                continue;
            }
            if (dimension == Dimension.DEVICE && elsewhere(alert, truth, labels)) {
                continue;
            }
            if (agrees(dimension, values, expected, truth)) {
                named = true;
            } else if (EXCLUDING.contains(dimension)) {
                return false;
            }
        }
        return named;
    }

    /** By the owners of its pods a platform knows the copy's controller, not the workload that it is a copy of. */
    private static boolean namesTwin(Alert alert, Target target, Map<Dimension, List<String>> labels) {
        return target.twin()
                .filter(twin -> {
                    Map<Dimension, String> truth = new HashMap<>(target.names());
                    truth.put(Dimension.WORKLOAD, twin.name());
                    return names(alert, truth, labels);
                })
                .isPresent();
    }

    /** Every node has a device of that name. */
    private static boolean elsewhere(Alert alert, Map<Dimension, String> truth, Map<Dimension, List<String>> labels) {
        String node = truth.get(Dimension.NODE);
        List<String> named = values(alert, Dimension.NODE, labels);
        return node != null && !named.isEmpty() && !named.contains(node);
    }

    /** Profiles may let a pod's label stand for its workload: the true replica is then no other workload. */
    private static boolean agrees(
            Dimension dimension, List<String> values, String expected, Map<Dimension, String> truth) {
        String replica = truth.get(Dimension.REPLICA);
        return values.contains(expected)
                || (dimension == Dimension.WORKLOAD && replica != null && values.contains(replica));
    }
}
