package airworthy.mocks.kubernetes.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/** The address of an object; the namespace is empty for kinds of cluster scope. */
public record ObjectKey(ResourceKind kind, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER = Comparator.<ObjectKey, String>comparing(
                    k -> k.kind().qualifiedPlural())
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    /** The key of an object of the given kind, from its metadata. */
    public static ObjectKey of(ResourceKind kind, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = kind.namespaced() ? metadata.path("namespace").asText() : "";
        return new ObjectKey(kind, namespace, metadata.path("name").asText());
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
