package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** A request that no replica answers, told in OpenAI's error body. */
record Refusal(int status, String type, String code, String message) {

    /** Says to nobody whether a key was good once. */
    static Refusal badKey() {
        return new Refusal(
                401,
                "invalid_request_error",
                "invalid_api_key",
                "Incorrect API key provided: expected the header Authorization: Bearer KEY with the key of a tenant.");
    }

    static Refusal unreadable(String why) {
        return new Refusal(400, "invalid_request_error", "invalid_json", "body: " + why);
    }

    static Refusal unknownModel(String model) {
        return new Refusal(
                404, "invalid_request_error", "model_not_found", "The model `" + model + "` does not exist.");
    }

    static Refusal forbiddenModel(String tenant, String model) {
        return new Refusal(
                403,
                "permission_error",
                "model_not_allowed",
                "Tenant `" + tenant + "` is not allowed to use the model `" + model + "`.");
    }

    static Refusal budgetSpent(String tenant, long seconds) {
        return new Refusal(
                429,
                "rate_limit_error",
                "token_budget_spent",
                "Tenant `" + tenant + "` has spent its token budget; it is served again in " + seconds + " s.");
    }

    static Refusal noReplica(String model) {
        return new Refusal(
                503, "service_unavailable", "no_replica", "No replica of the model `" + model + "` is ready.");
    }

    static Refusal unreachable(String model) {
        return new Refusal(
                502, "bad_gateway", "replica_unreachable", "No replica of the model `" + model + "` answered.");
    }

    static Refusal notFound(String path) {
        return new Refusal(404, "invalid_request_error", "not_found", "Nothing is served at " + path + ".");
    }

    byte[] body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
