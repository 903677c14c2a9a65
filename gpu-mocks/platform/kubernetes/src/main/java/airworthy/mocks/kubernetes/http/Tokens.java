package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.store.ObjectKey;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What a TokenRequest is answered with. */
final class Tokens {
    /** Where the request names no other. */
    private static final long AN_HOUR_S = 3600;

    private Tokens() {}

    /** The request with its status: the token, and until when the API would take it; here it does until the cluster ends. */
    static ObjectNode answer(ObjectNode request, ObjectKey account, String token, InstantSource clock) {
        ObjectNode answer = request.deepCopy();
        answer.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        answer.withObjectProperty("metadata").put("name", account.name()).put("namespace", account.namespace());
        long seconds = answer.at("/spec/expirationSeconds").asLong(AN_HOUR_S);
        answer.withObjectProperty("spec").put("expirationSeconds", seconds);
        answer.putObject("status")
                .put("token", token)
                .put(
                        "expirationTimestamp",
                        clock.instant()
                                .plusSeconds(seconds)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        return answer;
    }
}
