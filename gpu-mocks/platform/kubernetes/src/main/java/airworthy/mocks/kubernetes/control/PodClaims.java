package airworthy.mocks.kubernetes.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Which claim stands behind an entry of a pod's {@code spec.resourceClaims}. */
final class PodClaims {
    private PodClaims() {}

    /** The claim's name; empty while one from a template has not been made. */
    static Optional<String> claimName(JsonNode pod, JsonNode wish) {
        String explicit = wish.path("resourceClaimName").asText();
        if (!explicit.isEmpty()) {
            return Optional.of(explicit);
        }
        return pod.at("/status/resourceClaimStatuses")
                .valueStream()
                .filter(s -> s.path("name").equals(wish.path("name")))
                .map(s -> s.path("resourceClaimName").asText())
                .findFirst();
    }
}
