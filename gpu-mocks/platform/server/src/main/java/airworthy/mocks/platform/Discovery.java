package airworthy.mocks.platform;

import airworthy.mocks.kubernetes.PodView;
import airworthy.mocks.prometheus.DiscoveredTarget;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells Prometheus of pods as its Kubernetes service discovery would, a target for each declared port. */
final class Discovery {

    private Discovery() {}

    static Stream<DiscoveredTarget> targets(PodView pod) {
        List<Integer> ports = pod.ports();
        return ports.isEmpty()
                ? Stream.of(target(pod, pod.ip(), ""))
                : ports.stream().map(port -> target(pod, pod.ip() + ":" + port, String.valueOf(port)));
    }

    private static DiscoveredTarget target(PodView pod, String address, String port) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("__address__", address);
        labels.put("__meta_kubernetes_namespace", pod.namespace());
        labels.put("__meta_kubernetes_pod_name", pod.name());
        labels.put("__meta_kubernetes_pod_ip", pod.ip());
        labels.put("__meta_kubernetes_pod_node_name", pod.node());
        labels.put("__meta_kubernetes_pod_ready", String.valueOf(pod.ready()));
        labels.put("__meta_kubernetes_pod_container_port_number", port);
        pod.labels().forEach((name, value) -> labels.put("__meta_kubernetes_pod_label_" + metaName(name), value));
        pod.annotations()
                .forEach((name, value) -> labels.put("__meta_kubernetes_pod_annotation_" + metaName(name), value));
        return DiscoveredTarget.of(labels);
    }

    private static String metaName(String key) {
        return key.replaceAll("[^a-zA-Z0-9_]", "_");
    }
}
