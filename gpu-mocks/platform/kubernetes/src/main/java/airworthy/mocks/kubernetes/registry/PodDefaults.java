package airworthy.mocks.kubernetes.registry;

import static airworthy.mocks.kubernetes.registry.Defaults.number;
import static airworthy.mocks.kubernetes.registry.Defaults.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What Kubernetes adds to the spec of a pod and, but for two things, to that of a template of pods. */
final class PodDefaults {
    private static final int READABLE_BY_ALL = 420; // 0644

    private PodDefaults() {}

    /** A template gets no service links and no requests: the pods made from it do. */
    static void template(ObjectNode spec) {
        text(spec, "restartPolicy", "Always");
        number(spec, "terminationGracePeriodSeconds", 30);
        text(spec, "dnsPolicy", "ClusterFirst");
        spec.withObjectProperty("securityContext");
        text(spec, "schedulerName", "default-scheduler");
        // The old name of the same field; Kubernetes writes both.
        if (spec.has("serviceAccountName")) {
            spec.set("serviceAccount", spec.path("serviceAccountName"));
        }
        for (String kind : List.of("initContainers", "containers")) {
            objects(spec.path(kind)).forEach(PodDefaults::container);
        }
        objects(spec.path("volumes")).forEach(PodDefaults::volume);
    }

    static void pod(ObjectNode spec) {
        template(spec);
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        for (String kind : List.of("initContainers", "containers")) {
            objects(spec.path(kind)).forEach(PodDefaults::requests);
        }
    }

    private static void container(ObjectNode container) {
        text(container, "imagePullPolicy", pullPolicy(container.path("image").asText()));
        text(container, "terminationMessagePath", "/dev/termination-log");
        text(container, "terminationMessagePolicy", "File");
        container.withObjectProperty("resources");
        objects(container.path("ports")).forEach(port -> text(port, "protocol", "TCP"));
        for (JsonNode variable : container.path("env")) {
            if (variable.at("/valueFrom/fieldRef") instanceof ObjectNode field) {
                text(field, "apiVersion", "v1");
            }
        }
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.path(probe) instanceof ObjectNode declared) {
                probe(declared);
            }
        }
    }

    /** What may move under its tag is pulled anew. */
    private static String pullPolicy(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        boolean moves = last.endsWith(":latest") || (!last.contains(":") && !last.contains("@"));
        return moves ? "Always" : "IfNotPresent";
    }

    private static void probe(ObjectNode probe) {
        number(probe, "timeoutSeconds", 1);
        number(probe, "periodSeconds", 10);
        number(probe, "successThreshold", 1);
        number(probe, "failureThreshold", 3);
        if (probe.path("httpGet") instanceof ObjectNode get) {
            text(get, "path", "/");
            text(get, "scheme", "HTTP");
        }
    }

    private static void volume(ObjectNode volume) {
        for (String source : List.of("configMap", "secret", "downwardAPI", "projected")) {
            if (volume.path(source) instanceof ObjectNode declared) {
                number(declared, "defaultMode", READABLE_BY_ALL);
            }
        }
    }

    private static void requests(ObjectNode container) {
        ObjectNode resources = container.withObjectProperty("resources");
        resources.path("limits").properties().forEach(limit -> {
            ObjectNode requests = resources.withObjectProperty("requests");
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        });
    }

    private static List<ObjectNode> objects(JsonNode list) {
        return list.valueStream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }
}
