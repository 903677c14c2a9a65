package airworthy.mocks.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Follows the clock, each task on a virtual thread of its own. */
public final class WallPacer implements Pacer {
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Makes a pacer over the system's clock and its monotonic ticker. */
    public WallPacer() {
        this(InstantSource.system(), System::nanoTime);
    }

    /** Makes a pacer over given time; the ticker counts nanoseconds and must advance with real time. */
    public WallPacer(InstantSource clock, LongSupplier ticker) {
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public long nanos() {
        return ticker.getAsLong();
    }

    @Override
    public Task every(Duration period, Runnable action) {
        long step = period.toNanos();
        return start(() -> {
            long due = nanos();
            while (!Thread.currentThread().isInterrupted()) {
                action.run();
                due += step * Math.max(1, Math.ceilDiv(nanos() - due, step));
                TimeUnit.NANOSECONDS.sleep(due - nanos());
            }
        });
    }

    @Override
    public Task after(Duration delay, Runnable action) {
        return start(() -> {
            Thread.sleep(delay);
            action.run();
        });
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
        Thread.sleep(length);
    }

    @FunctionalInterface
    private interface Job {
        void run() throws InterruptedException;
    }

    private Task start(Job job) {
        Thread thread = Thread.ofVirtual().name("pacer").unstarted(() -> {
            try {
                job.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        if (closed) {
            threads.remove(thread);
            return () -> {};
        }
        thread.start();
        return thread::interrupt;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
