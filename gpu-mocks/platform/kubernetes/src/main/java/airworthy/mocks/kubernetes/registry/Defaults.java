package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Fields that Kubernetes fills in and that clients or controllers here rely on. */
final class Defaults {
    private static final String ROLLING = "RollingUpdate";
    static final String PREEMPTING = "PreemptLowerPriority";

    private final PodAdmission admission;
    private final Map<String, BiConsumer<ObjectKey, ObjectNode>> byKind = Map.of(
            "Namespace", Defaults::namespace,
            "Pod", this::pod,
            "Service", Defaults::service,
            "Deployment", Defaults::deployment,
            "ReplicaSet", Defaults::replicaSet,
            "PriorityClass", (key, declared) -> text(declared, "preemptionPolicy", PREEMPTING),
            "PodDisruptionBudget", Defaults::budget,
            "Secret", (key, secret) -> text(secret, "type", "Opaque"),
            "ResourceClaim", (key, claim) -> requests(claim.at("/spec/devices/requests")),
            "ResourceClaimTemplate", (key, template) -> requests(template.at("/spec/spec/devices/requests")));

    Defaults(ObjectStore store) {
        this.admission = new PodAdmission(store);
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
        PodDefaults.pod(spec);
        admission.complete(key, spec);
        ObjectNode status = pod.withObjectProperty("status");
        text(status, "phase", "Pending");
        text(status, "qosClass", QualityOfService.of(spec));
    }

    /** There is no service network: without a declared address a service is headless, and its endpoints are met. */
    private static void service(ObjectKey key, ObjectNode service) {
        ObjectNode spec = service.withObjectProperty("spec");
        text(spec, "type", "ClusterIP");
        text(spec, "clusterIP", "None");
        text(spec, "sessionAffinity", "None");
        text(spec, "internalTrafficPolicy", "Cluster");
        text(spec, "ipFamilyPolicy", "SingleStack");
        if (!spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
        }
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        service.withObjectProperty("status").withObjectProperty("loadBalancer");
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
        replicas(deployment);
        ObjectNode spec = deployment.withObjectProperty("spec");
        number(spec, "revisionHistoryLimit", 10);
        number(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = spec.withObjectProperty("strategy");
        text(strategy, "type", ROLLING);
        if (strategy.path("type").asText().equals(ROLLING)) {
            ObjectNode rolling = strategy.withObjectProperty("rollingUpdate");
            text(rolling, "maxUnavailable", "25%");
            text(rolling, "maxSurge", "25%");
        }
    }

    private static void replicaSet(ObjectKey key, ObjectNode replicaSet) {
        replicas(replicaSet);
        number(replicaSet.withObjectProperty("status"), "replicas", 0);
    }

    private static void replicas(ObjectNode owner) {
        ObjectNode spec = owner.withObjectProperty("spec");
        number(spec, "replicas", 1);
        PodDefaults.template(spec.withObjectProperty("template").withObjectProperty("spec"));
    }

    private static void budget(ObjectKey key, ObjectNode budget) {
        ObjectNode status = budget.withObjectProperty("status");
        for (String count : List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")) {
            number(status, count, 0);
        }
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

    static void text(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    static void number(ObjectNode object, String field, int value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
