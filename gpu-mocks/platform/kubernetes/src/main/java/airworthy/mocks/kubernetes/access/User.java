package airworthy.mocks.kubernetes.access;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name as role bindings and refusals call it
 * @param groups that it belongs to
 */
public record User(String name, Set<String> groups) {
    private static final String MASTERS = "system:masters";

    public User {
        groups = Set.copyOf(groups);
    }

    /** May do everything. */
    public static User administrator() {
        return new User("kubernetes-admin", Set.of(MASTERS, "system:authenticated"));
    }

    /** A pod or a program that a service account stands for. */
    public static User serviceAccount(String namespace, String name) {
        return new User(
                "system:serviceaccount:" + namespace + ":" + name,
                Set.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"));
    }

    boolean mayDoEverything() {
        return groups.contains(MASTERS);
    }
}
