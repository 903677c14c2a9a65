package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.registry.Part;
import airworthy.mocks.kubernetes.registry.Registry;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Makes the claims that pods ask for by template, and takes devices back from claims that no pod uses any more. */
final class ClaimController implements Controller {
    /** Kubernetes' own finalizer: an allocated claim stays until it is released. */
    static final String FINALIZER = "resource.kubernetes.io/delete-protection";

    private static final String COMPONENT = "resource-claim-controller";

    private final ObjectStore store;
    private final Registry registry;
    private final Names names;
    private final EventRecorder events;

    ClaimController(ObjectStore store, Registry registry, Names names, EventRecorder events) {
        this.store = store;
        this.registry = registry;
        this.names = names;
        this.events = events;
    }

    @Override
    public void reconcile() {
        Set<String> pods = new HashSet<>();
        for (ObjectNode pod : store.list(ResourceKinds.POD, "")) {
            pods.add(pod.at("/metadata/uid").asText());
            if (!Owners.deleting(pod)) {
                pod.at("/spec/resourceClaims").forEach(wish -> generate(pod, wish));
            }
        }
        store.list(ResourceKinds.RESOURCE_CLAIM, "").forEach(claim -> release(claim, pods));
    }

    private void generate(ObjectNode pod, JsonNode wish) {
        String templateName = wish.path("resourceClaimTemplateName").asText();
        String wished = wish.path("name").asText();
        if (templateName.isEmpty() || PodClaims.claimName(pod, wish).isPresent()) {
            return;
        }
        String namespace = pod.at("/metadata/namespace").asText();
        ObjectKey templateKey = new ObjectKey(ResourceKinds.RESOURCE_CLAIM_TEMPLATE, namespace, templateName);
        Optional<ObjectNode> template = store.find(templateKey);
        if (template.isEmpty()) {
            fail(pod, wished, "resource claim template \"" + templateName + "\": not found");
            return;
        }
        ObjectNode claim = claim(pod, wished, template.get());
        try {
            registry.create(ResourceKinds.RESOURCE_CLAIM, namespace, claim, WriteMode.COMMIT);
        } catch (ApiFailure refused) {
            fail(pod, wished, "create ResourceClaim: " + refused.text());
            return;
        }
        registry.modify(ObjectKey.of(ResourceKinds.POD, pod), Part.STATUS, WriteMode.COMMIT, p -> {
            p.withObjectProperty("status")
                    .withArrayProperty("resourceClaimStatuses")
                    .addObject()
                    .put("name", wished)
                    .put("resourceClaimName", claim.at("/metadata/name").asText());
            return p;
        });
    }

    private void fail(ObjectNode pod, String wished, String why) {
        events.warning(COMPONENT, pod, "FailedResourceClaimCreation", "PodResourceClaim " + wished + ": " + why);
    }

    private ObjectNode claim(ObjectNode pod, String wished, ObjectNode template) {
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        JsonNode declared = template.at("/spec/metadata");
        ObjectNode metadata = claim.putObject("metadata");
        metadata.set(
                "labels",
                declared.path("labels").isObject() ? declared.path("labels").deepCopy() : metadata.objectNode());
        metadata.set(
                "annotations",
                declared.path("annotations").isObject()
                        ? declared.path("annotations").deepCopy()
                        : metadata.objectNode());
        metadata.withObjectProperty("annotations").put("resource.kubernetes.io/pod-claim-name", wished);
        // The suffix hangs on the pod, not on the attempt: a refusal repeated is one event, not one a retry.
        metadata.put(
                "name",
                pod.at("/metadata/name").asText() + "-" + wished + "-"
                        + names.suffix(pod.at("/metadata/uid").asText() + "/" + wished));
        Owners.adopt(pod, claim);
        claim.set("spec", template.at("/spec/spec").deepCopy());
        return claim;
    }

    private void release(ObjectNode claim, Set<String> pods) {
        JsonNode reserved = claim.at("/status/reservedFor");
        ArrayNode holders = JsonNodeFactory.instance.arrayNode();
        reserved.valueStream()
                .filter(r -> pods.contains(r.path("uid").asText()))
                .forEach(holders::add);
        boolean allocated = claim.path("status").has("allocation");
        if (holders.size() == reserved.size() && !(allocated && holders.isEmpty())) {
            return;
        }
        registry.modify(ObjectKey.of(ResourceKinds.RESOURCE_CLAIM, claim), Part.WHOLE, WriteMode.COMMIT, c -> {
            ObjectNode status = c.withObjectProperty("status");
            status.set("reservedFor", holders);
            if (holders.isEmpty()) {
                status.remove("reservedFor");
                status.remove("allocation");
                c.withObjectProperty("metadata")
                        .withArrayProperty("finalizers")
                        .removeIf(f -> f.asText().equals(FINALIZER));
            }
            return c;
        });
    }
}
