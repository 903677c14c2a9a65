package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.LabelSelector;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Pattern;

/** The rules of Kubernetes that a mistaken write would break here: names, selectors, requests, immutable fields. */
final class Validation {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    private static final int NAME_LENGTH = 253;
    private static final List<String> MUTABLE_IN_PODS =
            List.of("tolerations", "activeDeadlineSeconds", "terminationGracePeriodSeconds");

    private final ObjectStore store;

    Validation(ObjectStore store) {
        this.store = store;
    }

    void create(ObjectKey key, ObjectNode object) {
        if (key.name().isEmpty()) {
            throw ApiFailure.invalid(key, "metadata.name: Required value: name or generateName is required");
        }
        if (key.name().length() > NAME_LENGTH || !NAME.matcher(key.name()).matches()) {
            throw ApiFailure.invalid(
                    key,
                    "metadata.name: Invalid value: \"" + key.name()
                            + "\": a lowercase RFC 1123 subdomain must consist of"
                            + " lower case alphanumeric characters, '-' or '.'");
        }
        shape(key, object);
    }

    void update(ObjectKey key, ObjectNode before, ObjectNode after, Part part) {
        if (part == Part.WHOLE) {
            return;
        }
        shape(key, after);
        String kind = key.kind().kind();
        if (kind.equals("ResourceClaim") || kind.equals("ResourceClaimTemplate")) {
            requireSame(key, "spec", before.path("spec"), after.path("spec"));
        } else if (kind.equals("Deployment") || kind.equals("ReplicaSet")) {
            requireSame(key, "spec.selector", before.at("/spec/selector"), after.at("/spec/selector"));
        } else if (kind.equals("Pod")) {
            requireSame(key, "spec", fixedPartOfPod(before), fixedPartOfPod(after));
        }
    }

    private void shape(ObjectKey key, ObjectNode object) {
        switch (key.kind().kind()) {
            case "Pod" -> containers(key, object.path("spec"), "spec");
            case "Deployment", "ReplicaSet" -> workload(key, object.path("spec"));
            case "ResourceClaim" -> requests(key, object.at("/spec/devices/requests"));
            case "ResourceClaimTemplate" -> requests(key, object.at("/spec/spec/devices/requests"));
            default -> {
                // Other kinds have no rule that a scenario could break.
            }
        }
    }

    private static void containers(ObjectKey key, JsonNode spec, String path) {
        if (spec.path("containers").isEmpty()) {
            throw ApiFailure.invalid(key, path + ".containers: Required value");
        }
        for (JsonNode container : spec.path("containers")) {
            for (String field : List.of("name", "image")) {
                if (container.path(field).asText().isEmpty()) {
                    throw ApiFailure.invalid(key, path + ".containers[]." + field + ": Required value");
                }
            }
        }
    }

    private static void workload(ObjectKey key, JsonNode spec) {
        JsonNode selector = spec.path("selector");
        if (selector.isEmpty()) {
            throw ApiFailure.invalid(key, "spec.selector: Required value");
        }
        if (!LabelSelector.matches(selector, spec.at("/template/metadata/labels"))) {
            throw ApiFailure.invalid(
                    key, "spec.template.metadata.labels: Invalid value: `selector` does not match template `labels`");
        }
        if (spec.path("replicas").asInt() < 0) {
            throw ApiFailure.invalid(key, "spec.replicas: Invalid value: must be greater than or equal to 0");
        }
        containers(key, spec.at("/template/spec"), "spec.template.spec");
    }

    private void requests(ObjectKey key, JsonNode requests) {
        for (JsonNode request : requests) {
            if (request.path("name").asText().isEmpty()) {
                throw ApiFailure.invalid(key, "spec.devices.requests[].name: Required value");
            }
            if (request.has("exactly") == request.has("firstAvailable")) {
                throw ApiFailure.invalid(
                        key, "spec.devices.requests[]: exactly one of `exactly` or `firstAvailable` is required");
            }
            JsonNode exactly = request.path("exactly");
            if (request.has("exactly")
                    && exactly.path("deviceClassName").asText().isEmpty()) {
                throw ApiFailure.invalid(key, "spec.devices.requests[].exactly.deviceClassName: Required value");
            }
            if (exactly.path("allocationMode").asText().equals("ExactCount")
                    && exactly.path("count").asLong() < 1) {
                throw ApiFailure.invalid(
                        key, "spec.devices.requests[].exactly.count: Invalid value: must be greater than zero");
            }
        }
    }

    private static JsonNode fixedPartOfPod(ObjectNode pod) {
        ObjectNode spec = pod.path("spec").deepCopy();
        spec.remove(MUTABLE_IN_PODS);
        for (JsonNode container : spec.path("containers")) {
            if (container instanceof ObjectNode fields) {
                fields.remove("image");
            }
        }
        return spec;
    }

    private void requireSame(ObjectKey key, String field, JsonNode before, JsonNode after) {
        if (!before.equals(after)) {
            String hint = store.find(key).isPresent() && key.kind().equals(ResourceKinds.POD)
                    ? "pod updates may not change fields other than `spec.containers[*].image`, `spec.tolerations`"
                    : "field is immutable";
            throw ApiFailure.invalid(key, field + ": Invalid value: " + hint);
        }
    }
}
