package airworthy.mocks.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One change of the store. {@code previous} is what the object was before, so that a selector can see it leave. */
public record StoreEvent(Type type, ObjectKey key, ObjectNode object, Optional<ObjectNode> previous, long revision) {

    /** The change as a watch names it. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
