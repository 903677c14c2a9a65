package airworthy.mocks.prometheus;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pod's port as Kubernetes service discovery reports it.
 *
 * @param labels {@code __address__} and the {@code __meta_kubernetes_*} labels
 */
public record DiscoveredTarget(SortedMap<String, String> labels) {
    /** Copies the labels; the address must be among them. */
    public DiscoveredTarget {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        if (!labels.containsKey("__address__")) {
            throw new IllegalArgumentException("found labels " + labels.keySet() + ", expected __address__ among them");
        }
    }

    /** Returns a target with these labels. */
    public static DiscoveredTarget of(Map<String, String> labels) {
        return new DiscoveredTarget(new TreeMap<>(labels));
    }
}
