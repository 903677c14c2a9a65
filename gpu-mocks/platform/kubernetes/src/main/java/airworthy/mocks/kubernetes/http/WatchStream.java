package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.store.ApiFailure;
import airworthy.mocks.kubernetes.store.ObjectStore;
import airworthy.mocks.kubernetes.store.ResourceKind;
import airworthy.mocks.kubernetes.store.StoreEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One watch: what is there already if asked for, then every change, until the time is over. */
final class WatchStream {
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final Scope scope;
    private final Start start;
    private final Duration atMost;
    private final UnaryOperator<ObjectNode> form;

    /** Which objects are watched. */
    record Scope(ResourceKind kind, String namespace, Predicate<JsonNode> selected) {}

    /** Where a watch starts: after a revision, or with what exists; and whether bookmarks are welcome. */
    record Start(Optional<Long> after, boolean initialEventsEnd, boolean bookmarks) {}

    WatchStream(ObjectStore store, Scope scope, Start start, Duration atMost, UnaryOperator<ObjectNode> form) {
        this.store = store;
        this.scope = scope;
        this.start = start;
        this.atMost = atMost;
        this.form = form;
    }

    /** Sends events until the watch is over; an expired revision is sent as an ERROR event. */
    void run(Consumer<ObjectNode> sink) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            long seen = start.after().isPresent() ? start.after().get() : sendExisting(sink);
            while (true) {
                long left = deadline - System.nanoTime();
                Duration wait = Duration.ofNanos(Math.clamp(left, 0, BOOKMARK_EVERY.toNanos()));
                ObjectStore.Changes changes =
                        store.await(seen, key -> key.kind().equals(scope.kind()), wait);
                changes.events().forEach(e -> visible(e).ifPresent(sink));
                seen = changes.revision();
                if (changes.closed() || left <= 0) {
                    return;
                }
                if (changes.events().isEmpty() && start.bookmarks()) {
                    sink.accept(bookmark(seen));
                }
            }
        } catch (ApiFailure expired) {
            sink.accept(event("ERROR", expired.status()));
        }
    }

    private long sendExisting(Consumer<ObjectNode> sink) {
        ObjectStore.Listing listing = store.listing(scope.kind(), scope.namespace());
        listing.items().stream().filter(scope.selected()).forEach(o -> sink.accept(event("ADDED", form.apply(o))));
        if (start.initialEventsEnd()) {
            ObjectNode bookmark = bookmark(listing.revision());
            bookmark.withObject("/object/metadata/annotations").put("k8s.io/initial-events-end", "true");
            sink.accept(bookmark);
        }
        return listing.revision();
    }

    /** A change as this watch sees it: an object that stops matching the selector is deleted for it. */
    private Optional<ObjectNode> visible(StoreEvent change) {
        if (!scope.namespace().isEmpty()
                && !scope.namespace().equals(change.key().namespace())) {
            return Optional.empty();
        }
        boolean before = change.previous().filter(scope.selected()).isPresent();
        boolean now =
                change.type() != StoreEvent.Type.DELETED && scope.selected().test(change.object());
        if (!before && !now) {
            return Optional.empty();
        }
        String type = !before ? "ADDED" : now ? "MODIFIED" : "DELETED";
        return Optional.of(event(type, form.apply(change.object().deepCopy())));
    }

    private ObjectNode bookmark(long revision) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", scope.kind().kind()).put("apiVersion", scope.kind().apiVersion());
        object.putObject("metadata").put("resourceVersion", Long.toString(revision));
        return event("BOOKMARK", object);
    }

    private static ObjectNode event(String type, ObjectNode object) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", type).set("object", object);
        return event;
    }
}
