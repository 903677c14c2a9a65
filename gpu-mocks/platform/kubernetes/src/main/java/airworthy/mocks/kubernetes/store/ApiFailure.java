package airworthy.mocks.kubernetes.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal in Kubernetes' own words, which becomes a {@code Status} object on the wire. */
public final class ApiFailure extends RuntimeException {
    private final int code;
    private final String reason;
    private final String group;
    private final String resource;
    private final String name;

    private ApiFailure(int code, String reason, String message, String group, String resource, String name) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.group = group;
        this.resource = resource;
        this.name = name;
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

    public static ApiFailure forbidden(ObjectKey key, String why) {
        return about(403, "Forbidden", quoted(key) + " is forbidden: " + why, key);
    }

    /** The object breaks a rule of its kind; {@code why} starts with the field. */
    public static ApiFailure invalid(ObjectKey key, String why) {
        String kind = key.kind().group().isEmpty()
                ? key.kind().kind()
                : key.kind().kind() + "." + key.kind().group();
        return about(422, "Invalid", kind + " \"" + key.name() + "\" is invalid: " + why, key);
    }

    public static ApiFailure unprocessablePatch(String why) {
        return plain(422, "Invalid", "the server rejected our request due to an error in our request: " + why);
    }

    public static ApiFailure badRequest(String why) {
        return plain(400, "BadRequest", why);
    }

    public static ApiFailure unauthorized() {
        return plain(401, "Unauthorized", "Unauthorized");
    }

    public static ApiFailure noSuchPath() {
        return plain(404, "NotFound", "the server could not find the requested resource");
    }

    public static ApiFailure methodNotAllowed() {
        return plain(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    public static ApiFailure expired(long asked, long oldest) {
        return plain(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
    }

    public static ApiFailure unsupportedMediaType(String why) {
        return plain(415, "UnsupportedMediaType", why);
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
        if (!resource.isEmpty()) {
            ObjectNode details = status.putObject("details").put("name", name);
            if (!group.isEmpty()) {
                details.put("group", group);
            }
            details.put("kind", resource);
        }
        return status.put("code", code);
    }

    private static ApiFailure about(int code, String reason, String message, ObjectKey key) {
        return new ApiFailure(
                code, reason, message, key.kind().group(), key.kind().plural(), key.name());
    }

    private static ApiFailure plain(int code, String reason, String message) {
        return new ApiFailure(code, reason, message, "", "", "");
    }

    private static String quoted(ObjectKey key) {
        return key.kind().qualifiedPlural() + " \"" + key.name() + "\"";
    }
}
