package airworthy.probes.alertmanager;

import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Polls sources of alerts and records what changes: an alert that is new, changed or gone, and a source that became
 * unreadable or is so for another reason. A source that comes back does so without a word. Each source has a thread and
 * an absolute schedule of its own, so that one that hangs delays no other; a poll that comes too late is left out.
 *
 * <p>Thread-safe.
 */
public final class AlertWatch implements AutoCloseable {
    /** Four looks a second: short against any {@code for} of a rule, and cheap for both servers. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch unpolled;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> loops;

    private AlertWatch(List<AlertSource> sources, Stamps stamps, EventSink sink, Duration interval) {
        unpolled = new CountDownLatch(sources.size());
        loops = sources.stream()
                .<Future<?>>map(source -> threads.submit(() -> {
                    follow(new SourcePoll(source, stamps, sink), interval);
                    return source;
                }))
                .toList();
    }

    /** Begins to watch at four polls a second. */
    public static AlertWatch start(List<AlertSource> sources, Stamps stamps, EventSink sink) {
        return start(sources, stamps, sink, INTERVAL);
    }

    /** Begins to watch at another pace. */
    public static AlertWatch start(List<AlertSource> sources, Stamps stamps, EventSink sink, Duration interval) {
        return new AlertWatch(sources, stamps, sink, interval);
    }

    /**
     * Waits until each source was polled once, read or not.
     *
     * @return false if that took longer
     */
    public boolean awaitFirstPoll(Duration atMost) throws InterruptedException {
        return unpolled.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Ends the watch and waits for its threads, which are interrupted.
     *
     * @throws IllegalStateException if a thread had died, so that changes may be missing
     */
    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        threads.close();
        for (Future<?> loop : loops) {
            if (loop.state() == Future.State.FAILED && !(loop.exceptionNow() instanceof InterruptedException)) {
                throw new IllegalStateException(
                        "the watch of alerts ended early, changes may be missing", loop.exceptionNow());
            }
        }
    }

    private void follow(SourcePoll poll, Duration interval) throws InterruptedException {
        long begunNs = System.nanoTime();
        poll.poll();
        unpolled.countDown();
        while (!closed.await(untilNext(begunNs, interval.toNanos()), TimeUnit.NANOSECONDS)) {
            poll.poll();
        }
    }

    private static long untilNext(long begunNs, long intervalNs) {
        return intervalNs - (System.nanoTime() - begunNs) % intervalNs;
    }
}
