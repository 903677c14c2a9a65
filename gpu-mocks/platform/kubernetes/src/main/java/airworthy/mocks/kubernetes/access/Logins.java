package airworthy.mocks.kubernetes.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whose token is whose. Safe for any number of threads. */
public final class Logins {
    private final SecureRandom random = new SecureRandom();
    private final Map<String, User> byToken = new ConcurrentHashMap<>();

    /** @param administrator the token with which everything may be done */
    public Logins(String administrator) {
        byToken.put(administrator, User.administrator());
    }

    /** Makes a token; it is good until the cluster ends. */
    public String issue(User user) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = "sim-" + HexFormat.of().formatHex(bytes);
        byToken.put(token, user);
        return token;
    }

    /** Who presents this token. */
    public Optional<User> of(String presented) {
        byte[] bytes = presented.getBytes(StandardCharsets.UTF_8);
        return byToken.entrySet().stream()
                .filter(entry -> MessageDigest.isEqual(bytes, entry.getKey().getBytes(StandardCharsets.UTF_8)))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
