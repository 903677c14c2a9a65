package airworthy.load.gatling;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Fires each request of every stream at its intended time, on a thread of its own. Safe for any number of threads. */
final class Pacer implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<RunningStream> streams = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("pacer").daemon().unstarted(this::run);
    private boolean closed;

    void start() {
        thread.start();
    }

    void add(RunningStream stream) {
        lock.lock();
        try {
            streams.add(stream);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The end of a request may have made another one due. */
    void dueAgain() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            RunningStream due = awaitDue();
            while (due != null) {
                if (!due.fire()) {
                    streams.remove(due);
                }
                due = awaitDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable RunningStream awaitDue() throws InterruptedException {
        while (!closed) {
            Next next = earliest();
            if (next == null) {
                changed.await();
            } else {
                long waitNs = next.atNs() - System.nanoTime();
                if (waitNs <= 0) {
                    return next.stream();
                }
                long _ = changed.awaitNanos(waitNs);
            }
        }
        return null;
    }

    /**
     * A stream that knows when it fires next.
     *
     * @param atNs in monotonic nanoseconds
     */
    private record Next(RunningStream stream, long atNs) {}

    private @Nullable Next earliest() {
        Next earliest = null;
        for (RunningStream stream : streams) {
            OptionalLong atNs = stream.nextNs();
            if (atNs.isPresent() && (earliest == null || atNs.getAsLong() - earliest.atNs() < 0)) {
                earliest = new Next(stream, atNs.getAsLong());
            }
        }
        return earliest;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
