package airworthy.accelerator.exporter;

import airworthy.accelerator.nvml.GpuIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page in Prometheus' text format, version 0.0.4, with dcgm-exporter's labels. One series more tells where the figures come
 * from, since that is not DCGM.
 *
 * @param hostname of the machine
 * @param driverVersion of the driver
 */
record ExporterPage(String hostname, String driverVersion) {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    String text(List<GpuReading> readings) {
        StringBuilder text = new StringBuilder(256);
        for (DcgmField field : DcgmField.values()) {
            Map<GpuReading, String> told = new LinkedHashMap<>();
            for (GpuReading reading : readings) {
                String value = field.value(reading);
                if (!value.isEmpty()) {
                    told.put(reading, value);
                }
            }
            if (!told.isEmpty()) {
                head(text, field.field(), field.help(), field.type());
                told.forEach((reading, value) -> text.append(field.field())
                        .append(labels(reading.gpu()))
                        .append(' ')
                        .append(value)
                        .append('\n'));
            }
        }
        head(text, "airworthy_exporter_info", "Where the figures on this page come from.", "gauge");
        text.append("airworthy_exporter_info{source=\"nvml\",driver_version=\"")
                .append(escaped(driverVersion))
                .append("\"} 1\n");
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private String labels(GpuIdentity gpu) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("gpu", Integer.toString(gpu.index()));
        labels.put("UUID", gpu.uuid());
        labels.put("pci_bus_id", gpu.pciBusId());
        labels.put("device", "nvidia" + gpu.minor());
        labels.put("modelName", gpu.name());
        labels.put("Hostname", hostname);
        labels.put("DCGM_FI_DRIVER_VERSION", driverVersion);
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
