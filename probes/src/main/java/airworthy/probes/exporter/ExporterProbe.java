package airworthy.probes.exporter;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks an exporter in the manner of dcgm-exporter. Thread-safe. */
public final class ExporterProbe {
    private static final String XID = "DCGM_FI_DEV_XID_ERRORS";
    private static final Pattern SERIES = Pattern.compile("(DCGM_FI_DEV_\\w+)\\{(.*)}\\s+(\\S+)(?:\\s+\\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final HttpReads reads;

    public ExporterProbe(HttpReads reads) {
        this.reads = reads;
    }

    /**
     * What the page says of a device, be it nothing. Absent if there is no page.
     *
     * @param page the exporter's page
     * @param node the device's node
     * @param device its name as claims have it, for example {@code gpu-3}
     */
    public Reading<DeviceReadings> read(URI page, String node, String device) throws InterruptedException {
        return reads.text(page).map(text -> of(text, node, device));
    }

    private static DeviceReadings of(String text, String node, String device) {
        OptionalDouble xid = OptionalDouble.empty();
        Set<String> others = new HashSet<>();
        for (String line : text.lines().toList()) {
            Matcher series = SERIES.matcher(line);
            if (!series.matches() || !names(labels(series.group(2)), node, device)) {
                continue;
            }
            if (series.group(1).equals(XID)) {
                xid = number(series.group(3));
            } else {
                others.add(series.group(1));
            }
        }
        return new DeviceReadings(xid, others.size());
    }

    /** Devices that nobody holds are named by their number alone. */
    private static boolean names(Map<String, String> labels, String node, String device) {
        String host = labels.getOrDefault("Hostname", labels.getOrDefault("hostname", node));
        String named = labels.containsKey("dra_device_name")
                ? labels.getOrDefault("dra_device_name", "")
                : "gpu-" + labels.getOrDefault("gpu", "");
        return host.equals(node) && named.equals(device);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // the exporter's own way to say that it knows none
        }
    }
}
