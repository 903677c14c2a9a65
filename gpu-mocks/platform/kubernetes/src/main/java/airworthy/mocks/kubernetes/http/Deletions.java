package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.registry.DeleteOptions;
import airworthy.mocks.kubernetes.registry.WriteMode;
import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** What a DELETE or an eviction asks for and how it is answered. */
final class Deletions {
    /** The kinds that answer with what was deleted, as 1.36.3 was seen to; namespaces, quotas and slices by its source. */
    private static final Set<ResourceKind> ANSWERING_WITH_THE_OBJECT = Set.of(
            ResourceKinds.NAMESPACE,
            ResourceKinds.POD,
            ResourceKinds.SERVICE,
            ResourceKinds.SERVICE_ACCOUNT,
            ResourceKinds.RESOURCE_QUOTA,
            ResourceKinds.DEVICE_CLASS,
            ResourceKinds.RESOURCE_SLICE,
            ResourceKinds.RESOURCE_CLAIM,
            ResourceKinds.RESOURCE_CLAIM_TEMPLATE);

    private Deletions() {}

    /** What is asked, and whether it is only to be checked. */
    record Wish(DeleteOptions options, WriteMode mode) {}

    /** A body says everything; the URL is read only without one. */
    static Wish of(Request request) {
        if (request.json() instanceof ObjectNode body) {
            return new Wish(DeleteOptions.of(body), mode(body));
        }
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        if (!request.parameter("gracePeriodSeconds").isEmpty()) {
            options.put("gracePeriodSeconds", request.number("gracePeriodSeconds"));
        }
        if (!request.parameter("propagationPolicy").isEmpty()) {
            options.put("propagationPolicy", request.parameter("propagationPolicy"));
        }
        return new Wish(DeleteOptions.of(options), request.mode());
    }

    /** An Eviction is a body around the options of a delete; a dry run may be asked for on either side. */
    static Wish ofEviction(Request request, ObjectKey pod) {
        ObjectNode eviction = request.object();
        if (!eviction.at("/metadata/name").asText().equals(pod.name())) {
            throw ApiFailure.badRequest("name in URL does not match name in Eviction object");
        }
        JsonNode options = eviction.path("deleteOptions");
        WriteMode mode = mode(options) == WriteMode.DRY_RUN ? WriteMode.DRY_RUN : request.mode();
        return new Wish(DeleteOptions.of(options), mode);
    }

    /** An object that its finalizers still hold is shown as it is now, whatever its kind. */
    static ObjectNode answer(ObjectKey key, ObjectNode object) {
        boolean held = !object.at("/metadata/finalizers").isEmpty();
        if (held || ANSWERING_WITH_THE_OBJECT.contains(key.kind())) {
            return object;
        }
        ObjectNode status = success();
        ObjectNode details = status.putObject("details").put("name", key.name());
        if (!key.kind().group().isEmpty()) {
            details.put("group", key.kind().group());
        }
        details.put("kind", key.kind().plural()).set("uid", object.at("/metadata/uid"));
        return status;
    }

    static ObjectNode success() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success");
    }

    private static WriteMode mode(JsonNode options) {
        return options.path("dryRun").isEmpty() ? WriteMode.COMMIT : WriteMode.DRY_RUN;
    }
}
