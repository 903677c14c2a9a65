package airworthy.faults.kubernetes;

import airworthy.faults.RunMark;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Claims for devices and pods that use them, named so that nothing tells what they are for.
 *
 * @param apiVersion of claims, for example {@code resource.k8s.io/v1}
 * @param deviceClass what is claimed
 * @param pauseImage what the pods run; does nothing
 * @param mark ours
 */
record ClaimManifests(String apiVersion, String deviceClass, String pauseImage, RunMark mark) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    /** Any user that is not root; the pause container's own. */
    private static final int NOBODY = 65_535;

    /** A claim for some devices. */
    Change.CreateObject claim(String namespace, int number, int devices) {
        Map<String, Object> exactly =
                Map.of("deviceClassName", deviceClass, "allocationMode", "ExactCount", "count", devices);
        Map<String, Object> request = Map.of("name", "devices", "exactly", exactly);
        return create(
                new ObjectRef(apiVersion, "ResourceClaim", Optional.of(namespace), name(number)),
                Map.of("devices", Map.of("requests", List.of(request))));
    }

    /** The pod that uses the claim of the same number, since devices are allocated for pods only. */
    Change.CreateObject pod(String namespace, int number) {
        Map<String, Object> container = Map.of(
                "name",
                "main",
                "image",
                pauseImage,
                "resources",
                Map.of(
                        "requests", Map.of("cpu", "10m", "memory", "16Mi"),
                        "limits", Map.of("cpu", "10m", "memory", "16Mi"),
                        "claims", List.of(Map.of("name", "devices"))),
                "securityContext",
                Map.of("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))));
        return create(
                new ObjectRef("v1", "Pod", Optional.of(namespace), name(number)),
                Map.of(
                        "containers",
                        List.of(container),
                        "resourceClaims",
                        List.of(Map.of("name", "devices", "resourceClaimName", name(number))),
                        "restartPolicy",
                        "Never",
                        "terminationGracePeriodSeconds",
                        0,
                        "automountServiceAccountToken",
                        false,
                        "enableServiceLinks",
                        false,
                        "securityContext",
                        Map.of(
                                "runAsNonRoot",
                                true,
                                "runAsUser",
                                NOBODY,
                                "seccompProfile",
                                Map.of("type", "RuntimeDefault"))));
    }

    private String name(int number) {
        return "aw-" + mark.label() + "-" + number;
    }

    private Change.CreateObject create(ObjectRef object, Map<String, Object> spec) {
        Map<String, Object> metadata = Map.of(
                "name", object.name(),
                "namespace", object.namespace().orElseThrow(),
                "labels", mark.labels(),
                "annotations", mark.annotations());
        Map<String, Object> manifest =
                Map.of("apiVersion", object.apiVersion(), "kind", object.kind(), "metadata", metadata, "spec", spec);
        try {
            return new Change.CreateObject(object, MAPPER.writeValueAsString(manifest), mark.label());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is JSON", e);
        }
    }
}
