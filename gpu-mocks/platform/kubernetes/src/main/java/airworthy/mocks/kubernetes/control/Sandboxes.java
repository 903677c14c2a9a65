package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.PodSandbox.AllocatedDevice;
import airworthy.mocks.kubernetes.runtime.PodSandbox.Container;
import airworthy.mocks.kubernetes.runtime.PodSandbox.Probe;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a bound pod object to what its runtime is told. */
final class Sandboxes {
    private static final long GRACE_SECONDS = 30;

    private Sandboxes() {}

    static PodSandbox of(ObjectNode pod, String ip, ObjectStore store) {
        JsonNode metadata = pod.path("metadata");
        return new PodSandbox(
                metadata.path("namespace").asText(),
                metadata.path("name").asText(),
                metadata.path("uid").asText(),
                pod.at("/spec/nodeName").asText(),
                ip,
                strings(metadata.path("labels")),
                strings(metadata.path("annotations")),
                pod.at("/spec/containers")
                        .valueStream()
                        .map(container -> container(container, pod, ip))
                        .toList(),
                devices(pod, store),
                Duration.ofSeconds(pod.at("/spec/terminationGracePeriodSeconds").asLong(GRACE_SECONDS)));
    }

    static Map<String, String> strings(JsonNode map) {
        Map<String, String> strings = new LinkedHashMap<>();
        map.properties().forEach(e -> strings.put(e.getKey(), e.getValue().asText()));
        return strings;
    }

    /** Variables taken from other objects, and from what a field holds that is no text, are left out. */
    private static Container container(JsonNode container, ObjectNode pod, String ip) {
        Map<String, String> env = new LinkedHashMap<>();
        for (JsonNode variable : container.path("env")) {
            String name = variable.path("name").asText();
            if (!variable.has("valueFrom")) {
                env.put(name, variable.path("value").asText());
            } else {
                String field = variable.at("/valueFrom/fieldRef/fieldPath").asText();
                field(field, pod, ip).ifPresent(value -> env.put(name, value));
            }
        }
        return new Container(
                container.path("name").asText(),
                container.path("image").asText(),
                container.path("args").valueStream().map(JsonNode::asText).toList(),
                env,
                container
                        .path("ports")
                        .valueStream()
                        .map(p -> p.path("containerPort").asInt())
                        .toList(),
                readiness(container));
    }

    /** The address is the pod's before its status tells it. */
    private static Optional<String> field(String path, ObjectNode pod, String ip) {
        return path.equals("status.podIP")
                ? Optional.of(ip)
                : Optional.of(pod.at("/" + path.replace('.', '/')))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText);
    }

    /** Probes other than by HTTP are not known: what has none of these is ready as soon as it runs. */
    private static Optional<Probe> readiness(JsonNode container) {
        JsonNode http = container.at("/readinessProbe/httpGet");
        JsonNode port = http.path("port");
        return http.isMissingNode()
                ? Optional.empty()
                : container
                        .path("ports")
                        .valueStream()
                        .filter(p -> port.isTextual() && p.path("name").asText().equals(port.asText()))
                        .map(p -> p.path("containerPort").asInt())
                        .findFirst()
                        .or(() -> Optional.of(port.asInt()))
                        .map(number -> new Probe(
                                http.path("path").asText("/"),
                                number,
                                container.at("/readinessProbe/failureThreshold").asInt()));
    }

    private static List<AllocatedDevice> devices(ObjectNode pod, ObjectStore store) {
        List<AllocatedDevice> devices = new ArrayList<>();
        String namespace = pod.at("/metadata/namespace").asText();
        for (JsonNode wish : pod.at("/spec/resourceClaims")) {
            PodClaims.claimName(pod, wish)
                    .flatMap(name -> store.find(new ObjectKey(ResourceKinds.RESOURCE_CLAIM, namespace, name)))
                    .ifPresent(claim -> claim.at("/status/allocation/devices/results")
                            .forEach(r -> devices.add(new AllocatedDevice(
                                    claim.at("/metadata/name").asText(),
                                    r.path("request").asText(),
                                    r.path("driver").asText(),
                                    r.path("pool").asText(),
                                    r.path("device").asText()))));
        }
        return devices;
    }
}
