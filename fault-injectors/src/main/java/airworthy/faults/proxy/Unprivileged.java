package airworthy.faults.proxy;

import java.util.List;
import java.util.Map;

/** What pods of ours are not: what the {@code restricted} Pod Security Standard asks for, and no access to the API. */
public final class Unprivileged {
    /** Any user that is not root. */
    private static final int NOBODY = 65_535;

    private Unprivileged() {}

    /** Writes it into the spec of a pod. */
    public static void pod(Map<String, Object> spec) {
        spec.put("automountServiceAccountToken", false);
        spec.put("enableServiceLinks", false);
        spec.put(
                "securityContext",
                Map.of("runAsNonRoot", true, "runAsUser", NOBODY, "seccompProfile", Map.of("type", "RuntimeDefault")));
    }

    /** Writes it into one of its containers. */
    public static void container(Map<String, Object> container) {
        container.put(
                "securityContext",
                Map.of(
                        "allowPrivilegeEscalation",
                        false,
                        "readOnlyRootFilesystem",
                        true,
                        "capabilities",
                        Map.of("drop", List.of("ALL"))));
    }
}
