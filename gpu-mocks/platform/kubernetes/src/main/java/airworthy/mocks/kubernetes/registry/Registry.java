package airworthy.mocks.kubernetes.registry;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.Names;
import airworthy.mocks.kubernetes.store.ObjectKey;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.ResourceKind.Subresource;
import airworthy.mocks.kubernetes.store.ResourceKinds;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The one write path. Every write, from HTTP, from a manifest or from a controller, is defaulted, validated and admitted
 * here, atomically with its effect.
 *
 * <p>Thread-safe. A refused write throws {@link ApiFailure} and changes nothing.
 */
public final class Registry {
    /** The finalizer of an object that goes after what it owns; the collector takes it away. */
    public static final String FOREGROUND = Deletion.FOREGROUND;

    private static final List<String> KEPT_METADATA =
            List.of("uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds");
    private static final int NAME_ATTEMPTS = 100;

    private final ObjectStore store;
    private final Names names;
    private final InstantSource clock;
    private final Defaults defaults;
    private final Validation validation;
    private final QuotaAdmission quota;
    private final Deletion deletion;

    public Registry(ObjectStore store, Names names, InstantSource clock) {
        this.store = store;
        this.names = names;
        this.clock = clock;
        this.defaults = new Defaults(store);
        this.validation = new Validation(store);
        this.quota = new QuotaAdmission(store);
        this.deletion = new Deletion(store, clock);
    }

    /** Creates the object in the namespace (empty for cluster scope), under its name or a generated one. */
    public ObjectNode create(ResourceKind kind, String namespace, ObjectNode body, WriteMode mode) {
        return store.atomically(() -> {
            ObjectNode object = body.deepCopy();
            place(kind, namespace, object);
            String base = object.at("/metadata/generateName").asText();
            boolean generated = object.at("/metadata/name").asText().isEmpty() && !base.isEmpty();
            ObjectKey key = generated ? freeKey(kind, namespace, base, object) : ObjectKey.of(kind, object);
            if (store.find(key).isPresent()) {
                throw ApiFailure.alreadyExists(key);
            }
            born(key, object);
            defaults.apply(key, object);
            validation.create(key, object);
            quota.admit(key, object);
            if (mode == WriteMode.DRY_RUN) {
                return object;
            }
            if (generated) {
                names.use(base);
            }
            object.withObjectProperty("metadata").put("uid", names.uid(key));
            return store.put(key, object);
        });
    }

    /** Replaces a part of the object; a resource version in the body that is not the current one is a conflict. */
    public ObjectNode update(ObjectKey key, ObjectNode body, Part part, WriteMode mode) {
        return store.atomically(() -> {
            ObjectNode current = store.find(key).orElseThrow(() -> ApiFailure.notFound(key));
            ObjectNode placed = body.deepCopy();
            if (key.kind().namespaced()) {
                requireNamespace(key.namespace(), placed.withObjectProperty("metadata"));
            }
            checkIdentity(key, current, placed);
            return replace(key, current, merged(key.kind(), current, placed, part), part, mode);
        });
    }

    /** Changes the current object by a function of it. */
    public ObjectNode modify(ObjectKey key, Part part, WriteMode mode, UnaryOperator<ObjectNode> change) {
        return store.atomically(() -> {
            ObjectNode current = store.find(key).orElseThrow(() -> ApiFailure.notFound(key));
            ObjectNode body = change.apply(current.deepCopy());
            checkIdentity(key, current, body);
            return replace(key, current, merged(key.kind(), current, body, part), part, mode);
        });
    }

    /** Deletes the object, or marks it deleted where somebody still has to let it go; returns its last state. */
    public ObjectNode delete(ObjectKey key, DeleteOptions options, WriteMode mode) {
        return store.atomically(() -> deletion.delete(key, options, mode));
    }

    private ObjectNode replace(ObjectKey key, ObjectNode current, ObjectNode next, Part part, WriteMode mode) {
        defaults.apply(key, next);
        validation.update(key, current, next, part);
        if (!desired(current).equals(desired(next))) {
            ObjectNode metadata = next.withObjectProperty("metadata");
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        if (mode == WriteMode.DRY_RUN || next.equals(current)) {
            return next;
        }
        ObjectNode stored = store.put(key, next);
        deletion.finishIfReleased(key, stored);
        return stored;
    }

    private static ObjectNode merged(ResourceKind kind, ObjectNode current, ObjectNode body, Part part) {
        ObjectNode next = part == Part.STATUS ? current.deepCopy() : body.deepCopy();
        if (part == Part.STATUS) {
            copy("status", body, next);
        } else if (part == Part.MAIN && kind.has(Subresource.STATUS)) {
            copy("status", current, next);
        }
        ObjectNode metadata = next.withObjectProperty("metadata");
        KEPT_METADATA.forEach(f -> copy(f, current.path("metadata"), metadata));
        copy("resourceVersion", current.path("metadata"), metadata);
        next.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        return next;
    }

    private static void copy(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.path(field);
        if (value.isMissingNode()) {
            to.remove(field);
        } else {
            to.set(field, value.deepCopy());
        }
    }

    /** Everything but metadata and status: what a generation counts. */
    private static ObjectNode desired(ObjectNode object) {
        return object.deepCopy().without(List.of("metadata", "status"));
    }

    private static void checkIdentity(ObjectKey key, ObjectNode current, ObjectNode body) {
        JsonNode metadata = body.path("metadata");
        if (!ObjectKey.of(key.kind(), body).equals(key)) {
            throw ApiFailure.badRequest("the name of the object ("
                    + metadata.path("name").asText() + ") does not match the name on the URL (" + key.name() + ")");
        }
        String uid = metadata.path("uid").asText();
        String currentUid = current.at("/metadata/uid").asText();
        if (!uid.isEmpty() && !uid.equals(currentUid)) {
            throw ApiFailure.conflict(
                    key, "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + currentUid);
        }
        String version = metadata.path("resourceVersion").asText();
        if (!version.isEmpty()
                && !version.equals("0")
                && !version.equals(current.at("/metadata/resourceVersion").asText())) {
            throw ApiFailure.conflict(
                    key, "the object has been modified; please apply your changes to the latest version and try again");
        }
    }

    private void place(ResourceKind kind, String namespace, ObjectNode object) {
        requireType("apiVersion", kind.apiVersion(), object);
        requireType("kind", kind.kind(), object);
        ObjectNode metadata = object.withObjectProperty("metadata");
        if (!kind.namespaced()) {
            metadata.remove("namespace");
            return;
        }
        requireNamespace(namespace, metadata);
        ObjectKey home = new ObjectKey(ResourceKinds.NAMESPACE, "", namespace);
        Optional<ObjectNode> found = store.find(home);
        if (found.isEmpty()) {
            throw ApiFailure.notFound(home);
        }
        if (found.get().at("/metadata").has("deletionTimestamp")) {
            throw ApiFailure.forbidden(
                    ObjectKey.of(kind, object),
                    "unable to create new content in namespace " + namespace + " because it is being terminated");
        }
    }

    /** What names no namespace takes that of the request. */
    private static void requireNamespace(String namespace, ObjectNode metadata) {
        if (!metadata.path("namespace").asText(namespace).equals(namespace)) {
            throw ApiFailure.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        metadata.put("namespace", namespace);
    }

    private static void requireType(String field, String expected, ObjectNode object) {
        String found = object.path(field).asText(expected);
        if (!found.equals(expected)) {
            throw ApiFailure.badRequest("the " + field + " in the data (" + found + ") does not match the expected "
                    + field + " (" + expected + ")");
        }
        object.put(field, expected);
    }

    private ObjectKey freeKey(ResourceKind kind, String namespace, String base, ObjectNode object) {
        String owner = kind.namespaced() ? namespace : "";
        for (int i = 0; i < NAME_ATTEMPTS; i++) {
            ObjectKey key = new ObjectKey(kind, owner, names.candidate(base));
            if (store.find(key).isEmpty()) {
                object.withObjectProperty("metadata").put("name", key.name());
                return key;
            }
            names.use(base);
        }
        throw ApiFailure.internal(
                "no free name found for generateName '" + base + "' in " + NAME_ATTEMPTS + " attempts");
    }

    private void born(ObjectKey key, ObjectNode object) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        metadata.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields"));
        metadata.put("creationTimestamp", now());
        if (object.has("spec") || key.kind().has(Subresource.STATUS)) {
            metadata.put("generation", 1);
        }
        boolean keepsStatus = Objects.equals(key.kind(), ResourceKinds.NODE);
        if (key.kind().has(Subresource.STATUS) && !keepsStatus) {
            object.remove("status");
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
