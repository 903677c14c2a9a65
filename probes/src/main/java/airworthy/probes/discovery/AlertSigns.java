package airworthy.probes.discovery;

import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.probes.prometheus.AlertingRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads out of alerting rules which labels their alerts carry and what they stand for. Pure. */
final class AlertSigns {
    /** Labels as exporters and rule sets name them, best first. The model of a GPU, {@code modelName}, is no model here. */
    private static final Map<Dimension, List<String>> USUAL = Map.of(
            Dimension.NAMESPACE, List.of("namespace", "exported_namespace"),
            Dimension.WORKLOAD, List.of("workload", "deployment", "statefulset", "app"),
            Dimension.REPLICA, List.of("pod", "exported_pod", "pod_name"),
            Dimension.MODEL, List.of("model_name", "model", "served_model_name"),
            Dimension.TENANT, List.of("tenant"),
            Dimension.CLASS, List.of("class", "device_class", "deviceclass"),
            Dimension.NODE, List.of("node", "hostname", "Hostname"),
            Dimension.DEVICE, List.of("device", "UUID", "uuid", "gpu"));

    private static final Pattern KEPT = Pattern.compile("\\b(?:by|on|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SHOWN = Pattern.compile("\\$labels\\.([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern REPLACED = Pattern.compile(",\\s*\"([A-Za-z_][A-Za-z0-9_]*)\",\\s*\"[^\"]*\\$1");
    private static final Pattern ALWAYS = Pattern.compile("\\s*vector\\s*\\(\\s*1\\s*\\)\\s*|\\s*1\\s*==\\s*1\\s*");
    private static final Set<String> USUAL_HEARTBEATS = Set.of("Watchdog", "DeadMansSwitch");

    private AlertSigns() {}

    /**
     * What the rules say.
     *
     * @param ownerLabels labels that may name a team, best first
     */
    static Findings.Alerts of(List<AlertingRule> rules, List<String> ownerLabels) {
        NavigableSet<String> heartbeats = new TreeSet<>();
        SortedMap<String, NavigableSet<String>> causes = new TreeMap<>();
        Set<String> labels = new TreeSet<>();
        for (AlertingRule rule : rules) {
            if (USUAL_HEARTBEATS.contains(rule.name())
                    || ALWAYS.matcher(rule.query()).matches()) {
                heartbeats.add(rule.name());
            } else {
                causes.computeIfAbsent(rule.name(), _ -> new TreeSet<>())
                        .add(rule.labels().getOrDefault("cause", ""));
                labels.addAll(labels(rule));
            }
        }
        SortedMap<String, Cause> known = new TreeMap<>();
        causes.forEach((alert, told) -> only(told).ifPresent(cause -> known.put(alert, cause)));
        NavigableSet<String> unknown = new TreeSet<>(causes.keySet());
        unknown.removeAll(known.keySet());
        return new Findings.Alerts(heartbeats, dimensions(labels, ownerLabels), known, unknown);
    }

    /** An alert stands for at most one cause: rules of one name that tell several tell none. */
    private static Optional<Cause> only(NavigableSet<String> told) {
        return told.size() == 1
                ? List.of(Cause.values()).stream()
                        .filter(cause -> cause.id().equals(told.first()))
                        .findFirst()
                : Optional.empty();
    }

    private static Map<Dimension, List<String>> dimensions(Set<String> labels, List<String> ownerLabels) {
        Map<Dimension, List<String>> dimensions = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            List<String> usual = dimension == Dimension.TEAM ? ownerLabels : USUAL.getOrDefault(dimension, List.of());
            List<String> found = usual.stream().filter(labels::contains).toList();
            if (!found.isEmpty()) {
                dimensions.put(dimension, found);
            }
        }
        return dimensions;
    }

    /** What an alert of this rule may carry: labels that its expression keeps or makes, that it adds or that it tells. */
    private static Set<String> labels(AlertingRule rule) {
        Set<String> labels = new TreeSet<>(rule.labels().keySet());
        List<String> lists = new ArrayList<>();
        Matcher kept = KEPT.matcher(rule.query());
        while (kept.find()) {
            lists.add(kept.group(1));
        }
        lists.forEach(list -> labels.addAll(List.of(list.strip().split("\\s*,\\s*"))));
        Matcher replaced = REPLACED.matcher(rule.query());
        while (replaced.find()) {
            labels.add(replaced.group(1));
        }
        rule.annotations().values().forEach(text -> {
            Matcher shown = SHOWN.matcher(text);
            while (shown.find()) {
                labels.add(shown.group(1));
            }
        });
        return labels;
    }
}
