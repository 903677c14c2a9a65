package airworthy.probes.prometheus;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One figure of a query's answer.
 *
 * @param labels of its series; empty for a scalar
 * @param value may be infinite or not a number
 * @param at the time of evaluation, by Prometheus's clock
 */
public record Sample(SortedMap<String, String> labels, double value, Instant at) {
    public Sample(Map<String, String> labels, double value, Instant at) {
        this(new TreeMap<>(labels), value, at);
    }

    public Sample {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
