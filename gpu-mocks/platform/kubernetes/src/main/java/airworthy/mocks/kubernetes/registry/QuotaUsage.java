package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a quota's resource name counts: {@code pods}, {@code count/<plural>[.<group>]} and
 * {@code <class>.deviceclass.resource.k8s.io/devices}. Other names are not tracked and limit nothing.
 */
public final class QuotaUsage {
    private static final String DEVICES = ".deviceclass.resource.k8s.io/devices";
    private static final String COUNT = "count/";
    /** {@code AllocationMode: All} is charged as the most devices that one claim may hold. */
    private static final long ALL_DEVICES = 32;

    private QuotaUsage() {}

    /** What one object of this kind takes of the named resource. */
    public static long of(String resource, ResourceKind kind, JsonNode object) {
        if (resource.endsWith(DEVICES)) {
            String deviceClass = resource.substring(0, resource.length() - DEVICES.length());
            return kind.equals(ResourceKinds.RESOURCE_CLAIM) ? devices(deviceClass, object) : 0;
        }
        if (resource.startsWith(COUNT)) {
            return resource.substring(COUNT.length()).equals(kind.qualifiedPlural()) ? 1 : 0;
        }
        return resource.equals("pods") && kind.equals(ResourceKinds.POD) && !ended(object) ? 1 : 0;
    }

    /** What all objects of the namespace take of the named resource; empty where the name is not tracked. */
    public static Optional<Long> total(String resource, ObjectStore store, String namespace) {
        return kindOf(resource)
                .map(kind -> store.list(kind, namespace).stream()
                        .mapToLong(o -> of(resource, kind, o))
                        .sum());
    }

    private static Optional<ResourceKind> kindOf(String resource) {
        if (resource.endsWith(DEVICES)) {
            return Optional.of(ResourceKinds.RESOURCE_CLAIM);
        }
        String plural = resource.startsWith(COUNT) ? resource.substring(COUNT.length()) : "";
        return resource.equals("pods")
                ? Optional.of(ResourceKinds.POD)
                : ResourceKinds.all().stream()
                        .filter(k -> k.namespaced() && k.qualifiedPlural().equals(plural))
                        .findFirst();
    }

    private static boolean ended(JsonNode pod) {
        String phase = pod.at("/status/phase").asText();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static long devices(String deviceClass, JsonNode claim) {
        long devices = 0;
        for (JsonNode request : claim.at("/spec/devices/requests")) {
            long most = asked(deviceClass, request.path("exactly"));
            for (JsonNode alternative : request.path("firstAvailable")) {
                most = Math.max(most, asked(deviceClass, alternative));
            }
            devices += most;
        }
        return devices;
    }

    private static long asked(String deviceClass, JsonNode request) {
        if (!request.path("deviceClassName").asText().equals(deviceClass)) {
            return 0;
        }
        return request.path("allocationMode").asText().equals("All")
                ? ALL_DEVICES
                : request.path("count").asLong(1);
    }
}
