package airworthy.mocks.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Objects by key, with one revision counter and a bounded history of changes.
 *
 * <p>Thread-safe. What goes in and what comes out are copies, so that nobody can change an object but by {@link #put}.
 */
public final class ObjectStore implements AutoCloseable {
    /** Enough for a client that reconnects; small enough that a test can outrun it and meet 410. */
    private static final int HISTORY = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final Deque<StoreEvent> history = new ArrayDeque<>();
    private long revision = 1;
    private long forgotten = 1;
    private boolean closed;

    /** What a list returns: the objects and the revision at which they were read. */
    public record Listing(List<ObjectNode> items, long revision) {}

    /** What waiting returns: changes up to a revision, and whether the store was closed meanwhile. */
    public record Changes(List<StoreEvent> events, long revision, boolean closed) {}

    /** Runs several reads and writes as one. */
    public <T> T atomically(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    public Optional<ObjectNode> find(ObjectKey key) {
        return atomically(() -> Optional.ofNullable(objects.get(key)).map(ObjectNode::deepCopy));
    }

    /** All objects of a kind in key order; an empty namespace means every namespace. */
    public List<ObjectNode> list(ResourceKind kind, String namespace) {
        return listing(kind, namespace).items();
    }

    public Listing listing(ResourceKind kind, String namespace) {
        return atomically(() -> {
            List<ObjectNode> items = new ArrayList<>();
            ObjectKey first = new ObjectKey(kind, namespace, "");
            for (var entry : objects.tailMap(first, true).entrySet()) {
                ObjectKey key = entry.getKey();
                if (!key.kind().equals(kind)
                        || (!namespace.isEmpty() && !key.namespace().equals(namespace))) {
                    break;
                }
                items.add(entry.getValue().deepCopy());
            }
            return new Listing(items, revision);
        });
    }

    /** Stores the object under a new revision, which it then carries; returns a copy of what was stored. */
    public ObjectNode put(ObjectKey key, ObjectNode object) {
        return atomically(() -> {
            ObjectNode stored = object.deepCopy();
            stored.withObjectProperty("metadata").put("resourceVersion", Long.toString(++revision));
            Optional<ObjectNode> previous = Optional.ofNullable(objects.put(key, stored));
            StoreEvent.Type type = previous.isPresent() ? StoreEvent.Type.MODIFIED : StoreEvent.Type.ADDED;
            remember(new StoreEvent(type, key, stored, previous, revision));
            return stored.deepCopy();
        });
    }

    /** Removes the object and returns its last state; nothing happens where there is none. */
    public Optional<ObjectNode> remove(ObjectKey key) {
        return atomically(() -> {
            Optional<ObjectNode> previous = Optional.ofNullable(objects.remove(key));
            previous.ifPresent(object -> {
                ObjectNode last = object.deepCopy();
                last.withObjectProperty("metadata").put("resourceVersion", Long.toString(++revision));
                remember(new StoreEvent(StoreEvent.Type.DELETED, key, last, previous, revision));
            });
            return previous.map(ObjectNode::deepCopy);
        });
    }

    public long revision() {
        return atomically(() -> revision);
    }

    /**
     * Waits until a wanted change later than {@code after} exists, the time is over or the store is closed.
     *
     * @throws ApiFailure 410 when changes after that revision are no longer remembered
     */
    public Changes await(long after, Predicate<ObjectKey> wanted, Duration atMost) throws InterruptedException {
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                if (after < forgotten) {
                    throw ApiFailure.expired(after, forgotten);
                }
                List<StoreEvent> events = history.stream()
                        .filter(e -> e.revision() > after && wanted.test(e.key()))
                        .toList();
                if (!events.isEmpty() || closed || nanos <= 0) {
                    return new Changes(events, revision, closed);
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait. */
    @Override
    public void close() {
        atomically(() -> {
            closed = true;
            changed.signalAll();
            return closed;
        });
    }

    private void remember(StoreEvent event) {
        history.addLast(event);
        if (history.size() > HISTORY) {
            forgotten = history.removeFirst().revision();
        }
        changed.signalAll();
    }
}
