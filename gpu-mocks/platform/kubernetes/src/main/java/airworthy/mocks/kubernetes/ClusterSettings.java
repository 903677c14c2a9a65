package airworthy.mocks.kubernetes;

import airworthy.mocks.devices.Accelerators;
import airworthy.mocks.kubernetes.runtime.PodRuntime;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;

/**
 * What a simulated cluster is made of.
 *
 * @param bind where the API listens; port 0 takes a free one
 * @param token the bearer token that the API wants
 * @param podPrefix the first three octets of pod addresses with a dot at the end, such as {@code 127.33.1.}
 * @param seed of generated names and uids
 * @param clock of every timestamp in the API
 * @param devices accelerators of each node that has some; their slices are there from the start, as their drivers left them
 * @param manifests objects to start with, applied in order through the same admission as HTTP writes
 * @param runtime what pods do
 */
public record ClusterSettings(
        InetSocketAddress bind,
        String token,
        String podPrefix,
        long seed,
        InstantSource clock,
        List<Accelerators> devices,
        List<ObjectNode> manifests,
        PodRuntime runtime) {

    public ClusterSettings {
        devices = List.copyOf(devices);
        manifests = List.copyOf(manifests);
        if (!podPrefix.matches("\\d+\\.\\d+\\.\\d+\\.")) {
            throw new IllegalArgumentException(
                    "podPrefix: found '" + podPrefix + "', expected three octets and a dot such as '127.33.1.'");
        }
    }
}
