package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What became of one request.
 *
 * @param client the address that the request came from
 * @param replica the pod that answered; empty when none did
 * @param decision {@code routed}, {@code answered} (by the gateway itself), {@code refused}, {@code over-budget}, {@code failed}, {@code cut} (in mid-answer) or {@code client-gone}
 * @param badKey why the key was refused; empty when it was not
 */
record AccessRecord(
        Instant at,
        String requestId,
        String client,
        String tenant,
        String model,
        String replica,
        String decision,
        int status,
        Tokens tokens,
        String badKey,
        Duration took) {

    /** A question about the gateway itself, which no replica answers. */
    static AccessRecord answered(Instant at, String client, String tenant) {
        return new AccessRecord(
                at,
                UUID.randomUUID().toString(),
                client,
                tenant,
                "",
                "",
                "answered",
                200,
                Tokens.NONE,
                "",
                Duration.ZERO);
    }

    String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("time", at.toString())
                .put("requestId", requestId)
                .put("client", client)
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
