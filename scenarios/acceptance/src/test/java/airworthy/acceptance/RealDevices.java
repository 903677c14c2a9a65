package airworthy.acceptance;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.resource.v1.Device;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the pods of a workload were given and what they saw of it.
 *
 * @param given the UUID of the device that the scheduler allocated to each pod's claim, by pod
 * @param seen the first line that each pod wrote, by pod
 */
record RealDevices(Map<String, String> given, Map<String, String> seen) {

    static RealDevices of(Platform platform, String namespace, String app) throws IOException {
        try (KubernetesClient client = platform.client()) {
            Map<String, String> uuids = new TreeMap<>();
            for (ResourceSlice slice :
                    client.resources(ResourceSlice.class).list().getItems()) {
                for (Device device : slice.getSpec().getDevices()) {
                    uuids.put(
                            slice.getSpec().getPool().getName() + "/" + device.getName(),
                            Objects.requireNonNull(device.getAttributes().get("uuid"))
                                    .getString());
                }
            }
            Map<String, String> given = new TreeMap<>();
            for (ResourceClaim claim : client.resources(ResourceClaim.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems()) {
                var results = claim.getStatus().getAllocation().getDevices().getResults();
                given.put(
                        claim.getStatus().getReservedFor().getFirst().getName(),
                        uuids.get(results.getFirst().getPool() + "/"
                                + results.getFirst().getDevice()));
            }
            Map<String, String> seen = new TreeMap<>();
            for (Pod pod : client.pods()
                    .inNamespace(namespace)
                    .withLabel("app", app)
                    .list()
                    .getItems()) {
                seen.put(
                        pod.getMetadata().getName(),
                        client.pods().resource(pod).getLog().lines().findFirst().orElse(""));
            }
            return new RealDevices(given, seen);
        }
    }
}
