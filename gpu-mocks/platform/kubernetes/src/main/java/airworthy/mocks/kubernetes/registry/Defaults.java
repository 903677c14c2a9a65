package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.BiConsumer;

/** Fields that Kubernetes fills in and that clients or controllers here rely on. */
final class Defaults {
    private final ObjectStore store;
    private final Map<String, BiConsumer<ObjectKey, ObjectNode>> byKind = Map.of(
            "Namespace", Defaults::namespace,
            "Pod", this::pod,
            "Service", Defaults::service,
            "Deployment", Defaults::deployment,
            "ReplicaSet", Defaults::replicas,
            "Secret", (key, secret) -> text(secret, "type", "Opaque"),
            "ResourceClaim", (key, claim) -> requests(claim.at("/spec/devices/requests")),
            "ResourceClaimTemplate", (key, template) -> requests(template.at("/spec/spec/devices/requests")));

    Defaults(ObjectStore store) {
        this.store = store;
    }

    void apply(ObjectKey key, ObjectNode object) {
        byKind.getOrDefault(key.kind().kind(), (k, o) -> {}).accept(key, object);
    }

    private static void namespace(ObjectKey key, ObjectNode namespace) {
        namespace
                .withObjectProperty("metadata")
                .withObjectProperty("labels")
                .put("kubernetes.io/metadata.name", key.name());
        namespace.withObjectProperty("spec").withArrayProperty("finalizers");
        text(namespace.withObjectProperty("status"), "phase", "Active");
    }

    private void pod(ObjectKey key, ObjectNode pod) {
        ObjectNode spec = pod.withObjectProperty("spec");
        text(spec, "restartPolicy", "Always");
        text(spec, "schedulerName", "default-scheduler");
        text(spec, "serviceAccountName", "default");
        number(spec, "terminationGracePeriodSeconds", 30);
        priority(key, spec);
        text(pod.withObjectProperty("status"), "phase", "Pending");
    }

    private void priority(ObjectKey key, ObjectNode spec) {
        if (spec.has("priority")) {
            return;
        }
        String name = spec.path("priorityClassName").asText();
        if (name.isEmpty()) {
            for (ObjectNode candidate : store.list(ResourceKinds.PRIORITY_CLASS, "")) {
                if (candidate.path("globalDefault").asBoolean(false)) {
                    spec.put("priorityClassName", candidate.at("/metadata/name").asText());
                    spec.put("priority", candidate.path("value").asInt());
                    return;
                }
            }
            spec.put("priority", 0);
            return;
        }
        ObjectNode declared = store.find(new ObjectKey(ResourceKinds.PRIORITY_CLASS, "", name))
                .orElseThrow(() -> ApiFailure.forbidden(key, "no PriorityClass with name " + name + " was found"));
        spec.put("priority", declared.path("value").asInt());
    }

    /** There is no service network: without a declared address a service is headless, and its endpoints are met. */
    private static void service(ObjectKey key, ObjectNode service) {
        ObjectNode spec = service.withObjectProperty("spec");
        text(spec, "type", "ClusterIP");
        text(spec, "clusterIP", "None");
        for (JsonNode port : spec.path("ports")) {
            if (port instanceof ObjectNode fields) {
                text(fields, "protocol", "TCP");
                if (!fields.has("targetPort")) {
                    fields.set("targetPort", fields.path("port"));
                }
            }
        }
    }

    private static void deployment(ObjectKey key, ObjectNode deployment) {
        replicas(key, deployment);
        text(deployment.withObjectProperty("spec").withObjectProperty("strategy"), "type", "RollingUpdate");
    }

    private static void replicas(ObjectKey key, ObjectNode owner) {
        number(owner.withObjectProperty("spec"), "replicas", 1);
    }

    private static void requests(JsonNode requests) {
        for (JsonNode request : requests) {
            if (request.path("exactly") instanceof ObjectNode exactly) {
                text(exactly, "allocationMode", "ExactCount");
                if (exactly.path("allocationMode").asText().equals("ExactCount")) {
                    number(exactly, "count", 1);
                }
            }
        }
    }

    private static void text(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static void number(ObjectNode object, String field, int value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
