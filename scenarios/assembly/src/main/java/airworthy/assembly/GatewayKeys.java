package airworthy.assembly;

import airworthy.format.Problem;
import airworthy.format.Read;
import airworthy.format.SecretReferences;
import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import java.util.List;
import java.util.Optional;

/** The keys of a gateway that its profile refers to. Thread-safe. */
final class GatewayKeys {
    private final PlatformProfile profile;
    private final SecretReferences secrets = new SecretReferences(System.getenv());

    GatewayKeys(PlatformProfile profile) {
        this.profile = profile;
    }

    /** The key of a tenant, if the profile refers to one that can be read. */
    Optional<String> key(String tenant) {
        return profile.gateway().map(gateway -> gateway.keys().get(tenant)).flatMap(this::resolved);
    }

    /** A key that was good once, if the profile refers to one that can be read. */
    Optional<String> badKey(String name) {
        return profile.gateway().map(gateway -> gateway.badKeys().get(name)).flatMap(this::resolved);
    }

    /** What a reference leads to. */
    Reading<String> secret(String reference) {
        return switch (secrets.resolve("the gateway's key", reference)) {
            case Read.Ok<String>(String value) -> new Reading.Present<>(value);
            case Read.Bad<String>(List<Problem> problems) ->
                new Reading.Unreadable<>(problems.getFirst().toString());
        };
    }

    private Optional<String> resolved(String reference) {
        return secret(reference) instanceof Reading.Present<String>(String key) ? Optional.of(key) : Optional.empty();
    }
}
