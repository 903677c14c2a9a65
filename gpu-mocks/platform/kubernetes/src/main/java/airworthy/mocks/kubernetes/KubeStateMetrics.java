package airworthy.mocks.kubernetes;

import airworthy.mocks.kubernetes.control.Conditions;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of kube-state-metrics that rules about quota, ownership and serving need, read from the store at each call.
 * Labels of objects are exported for all keys, as with {@code --metric-labels-allowlist=*=[*]}.
 */
final class KubeStateMetrics {
    private static final Pattern NOT_A_LABEL_CHARACTER = Pattern.compile("[^a-zA-Z0-9_]");
    /** Limits in bytes or cores are not tracked by this cluster, so none is exported. */
    private static final Pattern COUNT = Pattern.compile("\\d+");

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private final ObjectStore store;

    KubeStateMetrics(ObjectStore store) {
        this.store = store;
    }

    /** One exposition in Prometheus' text format. */
    String text() {
        StringBuilder out = new StringBuilder();
        quotas(out);
        head(out, "kube_namespace_labels");
        store.list(ResourceKinds.NAMESPACE, "")
                .forEach(n -> sample(out, "kube_namespace_labels", with(Map.of("namespace", name(n)), labels(n)), 1));
        pods(out);
        deployments(out);
        return out.toString();
    }

    private void quotas(StringBuilder out) {
        head(out, "kube_resourcequota");
        for (ObjectNode quota : store.list(ResourceKinds.RESOURCE_QUOTA, "")) {
            for (String type : List.of("hard", "used")) {
                quota.at("/status/" + type).properties().stream()
                        .filter(e -> COUNT.matcher(e.getValue().asText()).matches())
                        .forEach(e -> sample(
                                out,
                                "kube_resourcequota",
                                ordered(
                                        "namespace", namespace(quota),
                                        "resourcequota", name(quota),
                                        "resource", e.getKey(),
                                        "type", type),
                                e.getValue().asLong()));
            }
        }
    }

    private void pods(StringBuilder out) {
        List<ObjectNode> pods = store.list(ResourceKinds.POD, "");
        head(out, "kube_pod_info");
        pods.forEach(p -> sample(
                out,
                "kube_pod_info",
                with(
                        pod(p),
                        ordered(
                                "node", p.at("/spec/nodeName").asText(),
                                "pod_ip", p.at("/status/podIP").asText())),
                1));
        head(out, "kube_pod_labels");
        pods.forEach(p -> sample(out, "kube_pod_labels", with(pod(p), labels(p)), 1));
        head(out, "kube_pod_owner");
        pods.forEach(p -> owner(out, p));
        head(out, "kube_pod_status_ready");
        for (ObjectNode pod : pods) {
            boolean ready = Conditions.isTrue(pod, "Ready");
            sample(out, "kube_pod_status_ready", with(pod(pod), ordered("condition", "true")), ready ? 1 : 0);
            sample(out, "kube_pod_status_ready", with(pod(pod), ordered("condition", "false")), ready ? 0 : 1);
            sample(out, "kube_pod_status_ready", with(pod(pod), ordered("condition", "unknown")), 0);
        }
        containers(out, pods);
    }

    private static void containers(StringBuilder out, List<ObjectNode> pods) {
        head(out, "kube_pod_container_status_waiting_reason");
        for (ObjectNode pod : pods) {
            for (JsonNode container : pod.at("/status/containerStatuses")) {
                if (container.at("/state").has("waiting")) {
                    sample(
                            out,
                            "kube_pod_container_status_waiting_reason",
                            with(
                                    pod(pod),
                                    ordered(
                                            "container",
                                            container.path("name").asText(),
                                            "reason",
                                            container
                                                    .at("/state/waiting/reason")
                                                    .asText())),
                            1);
                }
            }
        }
        head(out, "kube_pod_container_status_last_terminated_exitcode");
        for (ObjectNode pod : pods) {
            for (JsonNode container : pod.at("/status/containerStatuses")) {
                JsonNode terminated = container.at("/lastState/terminated");
                if (!terminated.isMissingNode()) {
                    sample(
                            out,
                            "kube_pod_container_status_last_terminated_exitcode",
                            with(
                                    pod(pod),
                                    ordered("container", container.path("name").asText())),
                            terminated.path("exitCode").asLong());
                }
            }
        }
    }

    private static void owner(StringBuilder out, ObjectNode pod) {
        JsonNode owners = pod.at("/metadata/ownerReferences");
        if (owners.isEmpty()) {
            sample(
                    out,
                    "kube_pod_owner",
                    with(pod(pod), ordered("owner_kind", "", "owner_name", "", "owner_is_controller", "")),
                    1);
        }
        for (JsonNode owner : owners) {
            sample(
                    out,
                    "kube_pod_owner",
                    with(
                            pod(pod),
                            ordered(
                                    "owner_kind", owner.path("kind").asText(),
                                    "owner_name", owner.path("name").asText(),
                                    "owner_is_controller",
                                            owner.path("controller").asText("false"))),
                    1);
        }
    }

    private void deployments(StringBuilder out) {
        List<ObjectNode> deployments = store.list(ResourceKinds.DEPLOYMENT, "");
        head(out, "kube_deployment_labels");
        deployments.forEach(d -> sample(out, "kube_deployment_labels", with(deployment(d), labels(d)), 1));
        head(out, "kube_deployment_spec_replicas");
        deployments.forEach(d -> sample(
                out,
                "kube_deployment_spec_replicas",
                deployment(d),
                d.at("/spec/replicas").asLong()));
        head(out, "kube_deployment_status_replicas_ready");
        deployments.forEach(d -> sample(
                out,
                "kube_deployment_status_replicas_ready",
                deployment(d),
                d.at("/status/readyReplicas").asLong()));
    }

    private static Map<String, String> pod(JsonNode pod) {
        return ordered(
                "namespace",
                namespace(pod),
                "pod",
                name(pod),
                "uid",
                pod.at("/metadata/uid").asText());
    }

    private static Map<String, String> deployment(JsonNode deployment) {
        return ordered("namespace", namespace(deployment), "deployment", name(deployment));
    }

    /** Label names as kube-state-metrics makes them: invalid characters to underscores, camel case to snake case. */
    private static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new LinkedHashMap<>();
        object.at("/metadata/labels").properties().forEach(e -> {
            String safe = NOT_A_LABEL_CHARACTER.matcher(e.getKey()).replaceAll("_");
            String snake = HUMP.matcher(safe).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
            labels.put("label_" + snake, e.getValue().asText());
        });
        return labels;
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Map<String, String> with(Map<String, String> first, Map<String, String> second) {
        Map<String, String> both = new LinkedHashMap<>(first);
        both.putAll(second);
        return both;
    }

    private static void head(StringBuilder out, String metric) {
        out.append("# TYPE ").append(metric).append(" gauge\n");
    }

    private static void sample(StringBuilder out, String metric, Map<String, String> labels, long value) {
        String set = labels.entrySet().stream()
                .map(e -> e.getKey() + "=\"" + escaped(e.getValue()) + "\"")
                .collect(Collectors.joining(","));
        out.append(metric).append('{').append(set).append("} ").append(value).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    private static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }
}
