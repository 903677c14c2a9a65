package airworthy.mocks.kubernetes;

import airworthy.mocks.kubernetes.store.Names;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** ResourceSlices in the shape of NVIDIA's DRA driver for GPUs (github.com/NVIDIA/k8s-dra-driver-gpu). */
final class DeviceSlices {
    private static final String DRIVER = "gpu.nvidia.com";

    private DeviceSlices() {}

    /** The slice of one node's devices; it goes with its node. */
    static ObjectNode of(DeviceInventory inventory, ObjectNode node, Names names) {
        ObjectNode slice = JsonNodeFactory.instance.objectNode();
        slice.put("apiVersion", "resource.k8s.io/v1").put("kind", "ResourceSlice");
        String base = inventory.node() + "-" + DRIVER + "-";
        ObjectNode metadata = slice.putObject("metadata").put("name", base + names.suffix(base));
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Node")
                .put("name", inventory.node())
                .put("uid", node.at("/metadata/uid").asText())
                .put("controller", true);
        ObjectNode spec = slice.putObject("spec");
        spec.put("driver", DRIVER).put("nodeName", inventory.node());
        spec.putObject("pool")
                .put("name", inventory.node())
                .put("generation", 1)
                .put("resourceSliceCount", 1);
        ArrayNode devices = spec.putArray("devices");
        for (int minor = 0; minor < inventory.count(); minor++) {
            device(devices.addObject(), inventory, minor, names);
        }
        return slice;
    }

    private static void device(ObjectNode device, DeviceInventory inventory, int minor, Names names) {
        device.put("name", "gpu-" + minor);
        ObjectNode attributes = device.putObject("attributes");
        string(attributes, "type", "gpu");
        string(attributes, "uuid", "GPU-" + names.id("gpu/" + inventory.node() + "/" + minor));
        string(attributes, "productName", inventory.productName());
        string(attributes, "brand", inventory.brand());
        string(attributes, "architecture", inventory.architecture());
        version(attributes, "cudaComputeCapability", inventory.cudaComputeCapability());
        version(attributes, "driverVersion", inventory.driverVersion());
        version(attributes, "cudaDriverVersion", inventory.cudaDriverVersion());
        device.putObject("capacity").putObject("memory").put("value", Long.toString(inventory.memoryBytes()));
    }

    private static void string(ObjectNode attributes, String name, String value) {
        attributes.putObject(name).put("string", value);
    }

    private static void version(ObjectNode attributes, String name, String value) {
        attributes.putObject(name).put("version", value);
    }
}
