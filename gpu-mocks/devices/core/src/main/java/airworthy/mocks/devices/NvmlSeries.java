package airworthy.mocks.devices;

import java.util.List;

/**
 * What a node's own collector tells of its driver: the answer that a fresh process gets from {@code nvmlInit}, with both
 * versions. dcgm-exporter cannot tell it: it has mapped its library long before. No name of NVIDIA's exporters is used.
 */
final class NvmlSeries {

    private static final String NAME = "gpu_node_nvml_init_result";

    private final List<NodeDevices> nodes;

    NvmlSeries(List<NodeDevices> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Returns the series in Prometheus' text format. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("# HELP ").append(NAME);
        text.append(" What nvmlInit returns to a new process: 0 success, 18 driver/library version mismatch.\n");
        text.append("# TYPE ").append(NAME).append(" gauge\n");
        for (NodeDevices node : nodes) {
            NvmlInit nvml = node.accelerators().nvml();
            text.append("%s{Hostname=\"%s\",driver_version=\"%s\",library_version=\"%s\"} %d\n"
                    .formatted(
                            NAME,
                            node.accelerators().node(),
                            nvml.driverVersion(),
                            nvml.libraryVersion(),
                            nvml.result()));
        }
        return text.toString();
    }
}
