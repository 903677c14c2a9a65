package airworthy.mocks.promql;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A label set, ordered by name. An empty value is the same as no label, as in Prometheus. Immutable.
 *
 * @param values label names and their non-empty values
 */
public record Labels(SortedMap<String, String> values) {
    /** The label that carries a metric's name. */
    public static final String NAME = "__name__";

    /** The set without labels. */
    public static final Labels EMPTY = new Labels(new TreeMap<>());

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int SEPARATOR = 0xff;

    /** Copies the map and drops empty values. */
    public Labels {
        TreeMap<String, String> copy = new TreeMap<>(values);
        copy.values().removeIf(String::isEmpty);
        values = Collections.unmodifiableSortedMap(copy);
    }

    /** Returns the set of the given pairs. */
    public static Labels of(Map<String, String> values) {
        return new Labels(new TreeMap<>(values));
    }

    /** Returns the value of a label, empty where it is absent. */
    public String get(String label) {
        return values.getOrDefault(label, "");
    }

    /** Returns this set with one label replaced; an empty value removes it. */
    public Labels with(String label, String value) {
        TreeMap<String, String> copy = new TreeMap<>(values);
        copy.put(label, value);
        return new Labels(copy);
    }

    /** Returns this set overlaid by another one. */
    public Labels with(Labels others) {
        TreeMap<String, String> copy = new TreeMap<>(values);
        copy.putAll(others.values);
        return new Labels(copy);
    }

    /** Returns this set without the named labels. */
    public Labels without(Collection<String> labels) {
        TreeMap<String, String> copy = new TreeMap<>(values);
        labels.forEach(copy::remove);
        return new Labels(copy);
    }

    /** Returns this set without its metric name. */
    public Labels withoutName() {
        return values.containsKey(NAME) ? without(Collections.singleton(NAME)) : this;
    }

    /** Returns only the named labels of this set. */
    public Labels keeping(Collection<String> labels) {
        TreeMap<String, String> copy = new TreeMap<>(values);
        copy.keySet().retainAll(labels);
        return new Labels(copy);
    }

    /** Returns the FNV-1a fingerprint that Prometheus and Alertmanager give this set, as 16 hexadecimal digits. */
    public String fingerprint() {
        long hash = FNV_OFFSET;
        for (Map.Entry<String, String> label : values.entrySet()) {
            hash = hash(hash(hash, label.getKey()), label.getValue());
        }
        return "%016x".formatted(hash);
    }

    private static long hash(long seed, String text) {
        long hash = seed;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return (hash ^ SEPARATOR) * FNV_PRIME;
    }

    /** Prints the set as Prometheus does: {@code name{label="value"}}. */
    @Override
    public String toString() {
        String pairs = values.entrySet().stream()
                .filter(label -> !label.getKey().equals(NAME))
                .map(label -> label.getKey() + "=" + quote(label.getValue()))
                .collect(Collectors.joining(", "));
        return pairs.isEmpty() && values.containsKey(NAME) ? get(NAME) : get(NAME) + "{" + pairs + "}";
    }

    private static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
