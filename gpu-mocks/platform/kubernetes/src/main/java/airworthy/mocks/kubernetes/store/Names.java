package airworthy.mocks.kubernetes.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Generated names and uids that depend on the seed and on how often a base was used, never on timing elsewhere.
 *
 * <p>Thread-safe.
 */
public final class Names {
    /** Kubernetes' own alphabet for suffixes: no vowels, no look-alikes. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX_LENGTH = 5;

    private final long seed;
    private final Map<String, Integer> used = new ConcurrentHashMap<>();

    public Names(long seed) {
        this.seed = seed;
    }

    /** The name that the next object of this base gets; the same until {@link #use} is called. */
    public String candidate(String base) {
        return base + suffix(base + "#" + used.getOrDefault(base, 0));
    }

    /** Marks the candidate of this base as taken. */
    public void use(String base) {
        used.merge(base, 1, Integer::sum);
    }

    /** Five characters that stand for the text. */
    public String suffix(String text) {
        return hash(text, SUFFIX_LENGTH);
    }

    /** As many characters as asked that stand for the text. */
    public String hash(String text, int length) {
        long bits = id(text).getMostSignificantBits() >>> 1;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append(ALPHABET.charAt((int) (bits % ALPHABET.length())));
            bits /= ALPHABET.length();
        }
        return out.toString();
    }

    /** A new uid for the object at this address; a second object there gets another. */
    public String uid(ObjectKey key) {
        String base = "uid/" + key.kind().qualifiedPlural() + "/" + key.namespace() + "/" + key.name();
        return id(base + "#" + used.merge(base, 1, Integer::sum)).toString();
    }

    /** An id that stands for the text. */
    public UUID id(String text) {
        return UUID.nameUUIDFromBytes((seed + "/" + text).getBytes(StandardCharsets.UTF_8));
    }
}
