package airworthy.mocks.platform.gateway;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose key a request carries, and whether it is good.
 *
 * @param config tenants and keys that were good once
 * @param namesByKey the name of each key
 */
record KeyTable(GatewayConfig config, Map<String, String> namesByKey, InstantSource clock) {
    private static final String SCHEME = "Bearer ";

    /** What came of looking a header up. */
    sealed interface Found {
        /** A good key. */
        record Tenant(String name) implements Found {}

        /**
         * Something else.
         *
         * @param reason {@code missing}, {@code malformed}, {@code unknown}, {@code revoked} or {@code expired}
         */
        record Nobody(String reason) implements Found {}
    }

    Found find(@Nullable String authorization) {
        if (authorization == null) {
            return new Found.Nobody("missing");
        }
        if (!authorization.startsWith(SCHEME)) {
            return new Found.Nobody("malformed");
        }
        String name = namesByKey.get(authorization.substring(SCHEME.length()));
        if (name == null) {
            return new Found.Nobody("unknown");
        }
        GatewayConfig.FormerKey former = config.former().get(name);
        if (former == null) {
            return new Found.Tenant(name);
        }
        Instant expires = former.expires();
        if (former.revoked()) {
            return new Found.Nobody("revoked");
        }
        return expires != null && !clock.instant().isBefore(expires)
                ? new Found.Nobody("expired")
                : new Found.Tenant(former.tenant());
    }
}
