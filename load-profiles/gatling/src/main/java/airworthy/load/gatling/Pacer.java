package airworthy.load.gatling;

import java.util.ArrayList;
import java.util.List;
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
            RunningStream next = earliest();
            if (next == null) {
                changed.await();
            } else {
                long waitNs = next.nextNs() - System.nanoTime();
                if (waitNs <= 0) {
                    return next;
                }
                long _ = changed.awaitNanos(waitNs);
            }
        }
        return null;
    }

    private @Nullable RunningStream earliest() {
        RunningStream earliest = null;
        for (RunningStream stream : streams) {
            if (earliest == null || stream.nextNs() - earliest.nextNs() < 0) {
                earliest = stream;
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
