package airworthy.model;

import java.util.Locale;

/**
 * Names a workload as a profile writes it: {@code namespace/kind/name}.
 *
 * @param namespace the namespace
 * @param kind lower case, for example {@code deployment}
 * @param name the object's name
 */
public record WorkloadRef(String namespace, String kind, String name) {
    public WorkloadRef {
        kind = kind.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if the text has not three parts
     */
    public static WorkloadRef parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new IllegalArgumentException("a workload is written namespace/kind/name: " + text);
        }
        return new WorkloadRef(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return namespace + "/" + kind + "/" + name;
    }
}
