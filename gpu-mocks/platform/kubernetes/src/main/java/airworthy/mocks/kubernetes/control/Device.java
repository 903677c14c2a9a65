package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A device that a slice publishes for one node. */
record Device(Id id, String node, JsonNode published) {

    /** What names a device in the whole cluster. */
    record Id(String driver, String pool, String name) {}

    /** Devices of all slices bound to a node by name, in the order of slices and of devices within. */
    static List<Device> all(ObjectStore store) {
        List<Device> devices = new ArrayList<>();
        for (ObjectNode slice : store.list(ResourceKinds.RESOURCE_SLICE, "")) {
            JsonNode spec = slice.path("spec");
            String node = spec.path("nodeName").asText();
            if (!node.isEmpty()) {
                for (JsonNode device : spec.path("devices")) {
                    Id id = new Id(
                            spec.path("driver").asText(),
                            spec.at("/pool/name").asText(),
                            device.path("name").asText());
                    devices.add(new Device(id, node, device));
                }
            }
        }
        return devices;
    }

    /** An attribute by domain and name; names without a domain belong to the driver. */
    JsonNode attribute(String domain, String name) {
        return qualified("attributes", domain, name);
    }

    JsonNode capacity(String domain, String name) {
        return qualified("capacity", domain, name);
    }

    private JsonNode qualified(String field, String domain, String name) {
        JsonNode values = published.path(field);
        JsonNode full = values.path(domain + "/" + name);
        return full.isMissingNode() && domain.equals(id.driver()) ? values.path(name) : full;
    }
}
