package airworthy.mocks.devices;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node's driver publishes, in the shape of NVIDIA's DRA driver for GPUs (github.com/NVIDIA/k8s-dra-driver-gpu).
 *
 * @param generation rises each time the content changes
 * @param devices the devices of the node's pool with their taints, in order
 */
public record SliceContent(String node, long generation, Map<Device, List<DeviceTaint>> devices) {

    /** Name of the driver, also of the API group that its attributes belong to. */
    public static final String DRIVER = "gpu.nvidia.com";

    // A ResourceSlice with taints takes no more devices.
    private static final int DEVICES_A_SLICE = 64;

    public SliceContent {
        devices = new LinkedHashMap<>(devices);
    }

    /** Returns the specs of the ResourceSlices, as {@code resource.k8s.io/v1} has them. */
    public List<ObjectNode> specs() {
        return specs(generation);
    }

    /** Returns the specs under another generation, for a publisher that finds a higher one published already. */
    public List<ObjectNode> specs(long publishedGeneration) {
        List<Map.Entry<Device, List<DeviceTaint>>> all = List.copyOf(devices.entrySet());
        int slices = Math.ceilDiv(all.size(), DEVICES_A_SLICE);
        List<ObjectNode> specs = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
            ObjectNode spec = JsonNodeFactory.instance.objectNode();
            spec.put("driver", DRIVER).put("nodeName", node);
            spec.putObject("pool")
                    .put("name", node)
                    .put("generation", publishedGeneration)
                    .put("resourceSliceCount", slices);
            ArrayNode list = spec.putArray("devices");
            all.subList(i * DEVICES_A_SLICE, Math.min(all.size(), (i + 1) * DEVICES_A_SLICE))
                    .forEach(entry -> device(list.addObject(), entry.getKey(), entry.getValue()));
            specs.add(spec);
        }
        return specs;
    }

    private static void device(ObjectNode published, Device device, List<DeviceTaint> taints) {
        Gpu gpu = device.gpu();
        AcceleratorGroup model = gpu.model();
        published.put("name", device.name());
        ObjectNode attributes = published.putObject("attributes");
        string(attributes, "type", device instanceof MigInstance ? "mig" : "gpu");
        string(attributes, "uuid", device.uuid());
        if (device instanceof MigInstance mig) {
            string(attributes, "parentUUID", gpu.uuid());
            string(attributes, "profile", mig.profile());
        }
        string(attributes, "productName", model.productName());
        string(attributes, "brand", model.brand());
        string(attributes, "architecture", model.architecture());
        version(attributes, "cudaComputeCapability", model.cudaComputeCapability());
        version(attributes, "driverVersion", model.driverVersion());
        version(attributes, "cudaDriverVersion", model.cudaDriverVersion());
        string(attributes, "resource.kubernetes.io/pciBusID", gpu.pciBusId());
        string(attributes, "resource.kubernetes.io/pcieRoot", gpu.pcieRoot());
        ObjectNode capacity = published.putObject("capacity");
        capacity(capacity, "memory", device.memoryBytes());
        if (device instanceof MigInstance mig) {
            partition(capacity, mig);
        }
        if (!taints.isEmpty()) {
            ArrayNode list = published.putArray("taints");
            taints.forEach(taint -> taint(list.addObject(), taint));
        }
    }

    private static void partition(ObjectNode capacity, MigInstance mig) {
        int compute = mig.kind().computeSlices();
        // Streaming multiprocessors of a compute slice: an H100 has 16, an A100 14.
        boolean hopper = mig.gpu().model().architecture().equals("Hopper");
        capacity(capacity, "multiprocessors", compute * (hopper ? 16L : 14L));
        capacity(capacity, "copyEngines", compute);
        capacity(capacity, "decoders", compute);
        capacity(capacity, "encoders", 0);
        capacity(capacity, "jpegEngines", compute);
        capacity(capacity, "ofaEngines", 0);
        for (int slice = mig.start(); slice < mig.start() + mig.kind().memorySlices(); slice++) {
            capacity(capacity, "memorySlice" + slice, 1);
        }
    }

    private static void taint(ObjectNode published, DeviceTaint taint) {
        published.put("key", taint.key());
        if (!taint.value().isEmpty()) {
            published.put("value", taint.value());
        }
        published
                .put("effect", taint.effect().text())
                .put(
                        "timeAdded",
                        taint.timeAdded().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static void string(ObjectNode attributes, String name, String value) {
        attributes.putObject(name).put("string", value);
    }

    private static void version(ObjectNode attributes, String name, String value) {
        attributes.putObject(name).put("version", value);
    }

    private static void capacity(ObjectNode capacities, String name, long value) {
        capacities.putObject(name).put("value", Long.toString(value));
    }
}
