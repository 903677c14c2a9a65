package airworthy.faults.accelerator;

import airworthy.faults.RunMark;
import airworthy.faults.proxy.OurObject;
import airworthy.faults.proxy.Unprivileged;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A pod of ours that shares a claim, and so the accelerators, of another one. It has no rights but these devices, no root, and
 * an expiry of its own; nothing of it tells what it is for. It goes where that pod is, under what that pod tolerates.
 *
 * @param beside the pod whose claim it shares, as the API server has it
 * @param claim the claim's name
 * @param image what it runs
 * @param mark ours
 */
record SharingPod(JsonNode beside, String claim, String image, RunMark mark) {
    static final int ADMIN_PORT = 9411;

    private static final String CLAIM = "shared";
    /** More than the program takes to give back, less than undo waits for it to be gone. */
    private static final int GRACE_SECONDS = 12;

    ObjectRef ref() {
        return new ObjectRef(
                "v1",
                "Pod",
                Optional.of(namespace()),
                "airworthy-" + mark.label() + "-" + Integer.toHexString(claim.hashCode()));
    }

    String namespace() {
        return beside.at("/metadata/namespace").asText();
    }

    Change.CreateObject creation() {
        return new OurObject(ref(), spec(), mark).creation();
    }

    private Map<String, Object> spec() {
        Map<String, Object> spec = new TreeMap<>();
        spec.put("containers", List.of(container()));
        spec.put("resourceClaims", List.of(Map.of("name", CLAIM, "resourceClaimName", claim)));
        // a program that ended is not started anew: what it held is gone, and nobody would know
        spec.put("restartPolicy", "Never");
        spec.put("terminationGracePeriodSeconds", GRACE_SECONDS);
        Unprivileged.pod(spec);
        for (String like : List.of("tolerations", "runtimeClassName", "imagePullSecrets")) {
            JsonNode value = beside.at("/spec/" + like);
            if (!value.isMissingNode()) {
                spec.put(like, value);
            }
        }
        return spec;
    }

    private Map<String, Object> container() {
        Map<String, Object> container = new TreeMap<>();
        container.put("name", "main");
        container.put("image", image);
        container.put(
                "args",
                List.of(
                        "serve",
                        "--admin",
                        "0.0.0.0:" + ADMIN_PORT,
                        "--expires",
                        mark.expires().toString()));
        // the NVIDIA container runtime gives libraries by this; without the second NVML is not among them
        container.put("env", List.of(Map.of("name", "NVIDIA_DRIVER_CAPABILITIES", "value", "compute,utility")));
        container.put("ports", List.of(Map.of("containerPort", ADMIN_PORT)));
        container.put(
                "readinessProbe",
                Map.of(
                        "httpGet", Map.of("path", "/admin/ready", "port", ADMIN_PORT),
                        "periodSeconds", 1,
                        "timeoutSeconds", 3));
        container.put(
                "resources",
                Map.of(
                        "claims", List.of(Map.of("name", CLAIM)),
                        "requests", Map.of("cpu", "100m", "memory", "256Mi"),
                        "limits", Map.of("cpu", "1", "memory", "1Gi")));
        Unprivileged.container(container);
        return container;
    }
}
