package airworthy.mocks.devices;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What dcgm-exporter tells about the GPUs of some nodes, with {@code --kubernetes}, {@code --kubernetes-enable-pod-labels}
 * and {@code --kubernetes-enable-dra}: a subset of its metrics under its names, labels and units.
 *
 * <p>A GPU that is lost cannot be asked: its series end, except the last XID, which was seen before.
 */
final class DcgmExporter {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Pattern NO_LABEL_CHARACTER = Pattern.compile("[^a-zA-Z0-9_]");

    private final List<NodeDevices> nodes;

    DcgmExporter(List<NodeDevices> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Returns the page in Prometheus' text format. */
    String text() {
        List<Row> rows = new ArrayList<>();
        for (NodeDevices node : nodes) {
            for (Device device : node.accelerators().devices()) {
                Optional<Holder> holder = node.attribution().holder(device.name());
                rows.add(new Row(
                        labels(node.accelerators().node(), device, holder),
                        new Sensors(device, node.accelerators().reading(device.gpu()), holder.isPresent())));
            }
        }
        StringBuilder text = new StringBuilder();
        for (DcgmMetric metric : DcgmMetric.values()) {
            text.append("# HELP ").append(metric.field()).append(' ').append(metric.help());
            text.append("\n# TYPE ").append(metric.field()).append(" gauge\n");
            for (Row row : rows) {
                OptionalLong value = metric.read(row.sensors());
                if (value.isPresent()) {
                    text.append(metric.field()).append(row.labels()).append(' ').append(value.getAsLong());
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String labels(String node, Device device, Optional<Holder> holder) {
        Gpu gpu = device.gpu();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("gpu", Integer.toString(gpu.minor()));
        labels.put("UUID", gpu.uuid());
        labels.put("pci_bus_id", gpu.nvmlBusId());
        labels.put("device", "nvidia" + gpu.minor());
        labels.put("modelName", gpu.model().productName());
        if (device instanceof MigInstance mig) {
            labels.put("GPU_I_PROFILE", mig.profile());
            labels.put("GPU_I_ID", Integer.toString(mig.id()));
        }
        labels.put("Hostname", node);
        labels.put("DCGM_FI_DRIVER_VERSION", gpu.model().driverVersion());
        holder.ifPresent(known -> attribute(labels, node, device, known));
        StringBuilder text = new StringBuilder("{");
        labels.forEach((name, value) -> {
            text.append(text.length() > 1 ? "," : "").append(name).append("=\"");
            text.append(escape(value)).append('"');
        });
        return text.append('}').toString();
    }

    private static void attribute(Map<String, String> labels, String node, Device device, Holder holder) {
        labels.put("namespace", holder.namespace());
        labels.put("pod", holder.pod());
        labels.put("container", holder.container());
        labels.put("dra_claim_name", holder.claim());
        labels.put("dra_claim_namespace", holder.namespace());
        labels.put("dra_driver_name", SliceContent.DRIVER);
        labels.put("dra_pool_name", node);
        labels.put("dra_device_name", device.name());
        if (device instanceof MigInstance mig) {
            labels.put("dra_mig_profile", mig.profile());
            labels.put("dra_mig_device_uuid", mig.uuid());
        }
        holder.labels().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> labels.putIfAbsent(labelName(label.getKey()), label.getValue()));
    }

    /** A name that Prometheus takes, as the exporter makes it from a Kubernetes one. */
    private static String labelName(String kubernetes) {
        String name = NO_LABEL_CHARACTER.matcher(kubernetes).replaceAll("_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private record Row(String labels, Sensors sensors) {}
}
