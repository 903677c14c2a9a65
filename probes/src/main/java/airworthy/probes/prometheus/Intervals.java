package airworthy.probes.prometheus;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often a Prometheus looks.
 *
 * @param scrape the default of its scrape jobs
 * @param evaluation the default of its rule groups
 * @param groups each rule group with alerts, by name, and how often it is evaluated; the slowest where a name is shared
 */
public record Intervals(Duration scrape, Duration evaluation, SortedMap<String, Duration> groups) {
    public Intervals {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }
}
