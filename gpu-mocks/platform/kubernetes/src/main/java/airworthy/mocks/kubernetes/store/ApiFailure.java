package airworthy.mocks.kubernetes.store;

import com.fasterxml.jackson.databind.node.BaseJsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal in Kubernetes' own words, which becomes a {@code Status} object on the wire. */
public final class ApiFailure extends RuntimeException {
    private final int code;
    private final String reason;
    private final BaseJsonNode details;

    private ApiFailure(int code, String reason, String message, BaseJsonNode details) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    public static ApiFailure notFound(ObjectKey key) {
        return about(404, "NotFound", quoted(key) + " not found", key);
    }

    public static ApiFailure alreadyExists(ObjectKey key) {
        return about(409, "AlreadyExists", quoted(key) + " already exists", key);
    }

    /** Two writers met. */
    public static ApiFailure conflict(ObjectKey key, String why) {
        return about(409, "Conflict", "Operation cannot be fulfilled on " + quoted(key) + ": " + why, key);
    }

    /** A delete is meant for another object, or for another state of it: Kubernetes names the kind here, not the resource. */
    public static ApiFailure preconditionFailed(ObjectKey key, String why) {
        return new ApiFailure(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + qualifiedKind(key) + " \"" + key.name() + "\": " + why,
                details(key, key.kind().kind()));
    }

    public static ApiFailure forbidden(ObjectKey key, String why) {
        return about(403, "Forbidden", quoted(key) + " is forbidden: " + why, key);
    }

    /** A user may not do it; {@code what} is the verb with its object. The object's name may be empty: a whole kind. */
    public static ApiFailure forbiddenTo(String user, String what, ObjectKey object) {
        String about = object.name().isEmpty() ? object.kind().qualifiedPlural() : quoted(object);
        return about(403, "Forbidden", about + " is forbidden: User \"" + user + "\" cannot " + what, object);
    }

    /** The object breaks a rule of its kind; {@code why} starts with the field. */
    public static ApiFailure invalid(ObjectKey key, String why) {
        return about(422, "Invalid", qualifiedKind(key) + " \"" + key.name() + "\" is invalid: " + why, key);
    }

    /** An operation of a JSON patch cannot be done; Kubernetes does not say which. */
    public static ApiFailure unprocessablePatch() {
        return general(422, "Invalid", "the server rejected our request due to an error in our request");
    }

    public static ApiFailure badRequest(String why) {
        return plain(400, "BadRequest", why);
    }

    public static ApiFailure unauthorized() {
        return plain(401, "Unauthorized", "Unauthorized");
    }

    /** Nothing of this name in a group that is served. */
    public static ApiFailure noSuchResource() {
        return general(404, "NotFound", "the server could not find the requested resource");
    }

    public static ApiFailure methodNotAllowed() {
        return general(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    /** A pod's disruption budget allows no disruption now; {@code state} says how it stands. */
    public static ApiFailure disruptionRefused(String state) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.putArray("causes").addObject().put("reason", "DisruptionBudget").put("message", state);
        return new ApiFailure(
                429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", details);
    }

    public static ApiFailure expired(long asked, long oldest) {
        return plain(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
    }

    public static ApiFailure unsupportedMediaType(String why) {
        return plain(415, "UnsupportedMediaType", why);
    }

    /** A pod behind the API server did not answer. */
    public static ApiFailure unreachable(String why) {
        return plain(503, "ServiceUnavailable", "error trying to reach service: " + why);
    }

    public static ApiFailure internal(String why) {
        return plain(500, "InternalError", "Internal error occurred: " + why);
    }

    public int code() {
        return code;
    }

    /** The words of the refusal. */
    public String text() {
        String message = getMessage();
        return message == null ? reason : message;
    }

    /** The refusal as the API answers it. */
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", text()).put("reason", reason);
        if (!details.isMissingNode()) {
            status.set("details", details.deepCopy());
        }
        return status.put("code", code);
    }

    private static ApiFailure about(int code, String reason, String message, ObjectKey key) {
        return new ApiFailure(code, reason, message, details(key, key.kind().plural()));
    }

    /** About the request as such: the details are there and empty. */
    private static ApiFailure general(int code, String reason, String message) {
        return new ApiFailure(code, reason, message, JsonNodeFactory.instance.objectNode());
    }

    private static ApiFailure plain(int code, String reason, String message) {
        return new ApiFailure(code, reason, message, (BaseJsonNode) MissingNode.getInstance());
    }

    private static ObjectNode details(ObjectKey key, String kind) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        if (!key.name().isEmpty()) {
            details.put("name", key.name());
        }
        if (!key.kind().group().isEmpty()) {
            details.put("group", key.kind().group());
        }
        return details.put("kind", kind);
    }

    private static String qualifiedKind(ObjectKey key) {
        String group = key.kind().group();
        return group.isEmpty() ? key.kind().kind() : key.kind().kind() + "." + group;
    }

    private static String quoted(ObjectKey key) {
        return key.kind().qualifiedPlural() + " \"" + key.name() + "\"";
    }
}
