package airworthy.probes.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Names one device of a cluster.
 *
 * @param driver the driver that publishes it
 * @param pool unique within the driver
 * @param device unique within the pool
 */
public record DeviceId(String driver, String pool, String device) {

    /** The devices that a claim holds; those it may only administer are not among them. */
    static Set<DeviceId> allocatedTo(JsonNode claim) {
        Set<DeviceId> held = new LinkedHashSet<>();
        for (JsonNode result : claim.at("/status/allocation/devices/results")) {
            if (!result.path("adminAccess").asBoolean()) {
                held.add(new DeviceId(
                        result.path("driver").asText(),
                        result.path("pool").asText(),
                        result.path("device").asText()));
            }
        }
        return held;
    }

    @Override
    public String toString() {
        return driver + "/" + pool + "/" + device;
    }
}
