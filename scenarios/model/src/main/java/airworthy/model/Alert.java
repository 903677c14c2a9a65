package airworthy.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert as a source showed it.
 *
 * @param labels its labels, {@code alertname} among them
 * @param annotations its annotations
 */
public record Alert(SortedMap<String, String> labels, SortedMap<String, String> annotations) {
    public Alert(Map<String, String> labels, Map<String, String> annotations) {
        this(new TreeMap<>(labels), new TreeMap<>(annotations));
    }

    public Alert {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** The rule's name; empty text if the source sent none. */
    public String name() {
        return labels.getOrDefault("alertname", "");
    }

    /** The page that the alert points to, if any. */
    public Optional<String> runbookUrl() {
        return Optional.ofNullable(annotations.get("runbook_url"));
    }
}
