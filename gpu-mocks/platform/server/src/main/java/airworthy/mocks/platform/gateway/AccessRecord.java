package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;

/**
 * What became of one request.
 *
 * @param replica the pod that answered; empty when none did
 * @param decision {@code routed}, {@code refused}, {@code failed}, {@code cut} (in mid-answer) or {@code client-gone}
 */
record AccessRecord(
        Instant at,
        String requestId,
        String tenant,
        String model,
        String replica,
        String decision,
        int status,
        Tokens tokens,
        Duration took) {

    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("time", at.toString())
                .put("requestId", requestId)
                .put("tenant", tenant)
                .put("model", model)
                .put("replica", replica)
                .put("decision", decision)
                .put("status", status)
                .put("promptTokens", tokens.prompt())
                .put("completionTokens", tokens.completion())
                .put("durationMs", took.toNanos() / 1e6)
                .toString();
    }
}
