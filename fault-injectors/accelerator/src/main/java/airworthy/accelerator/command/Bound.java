package airworthy.accelerator.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long a fault is held at the most. Ends by time, by SIGTERM and SIGINT; whatever then still stands in the way of an orderly
 * end is cut short, because the driver gives everything back when a process is gone. Thread-safe.
 */
final class Bound implements Lasting {
    /** Longer than giving back takes, shorter than the grace period of a pod of ours. */
    private static final Duration ORDERLY = Duration.ofSeconds(8);

    private static final int CUT_SHORT = 1;

    /** Whatever is held for longer was forgotten. */
    static final Duration LONGEST = Duration.ofDays(1);

    private final long deadlineNs;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    private Bound(Duration most) {
        deadlineNs = System.nanoTime() + (most.compareTo(LONGEST) < 0 ? most : LONGEST).toNanos();
    }

    /** Begins to count. */
    static Bound of(Duration most) {
        Bound bound = new Bound(most);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(bound::end));
        return bound;
    }

    /** The process is cut short where something has not ended a while after this is over. */
    void cutShortUnless(CountDownLatch ended) {
        Thread.ofPlatform().name("bound").daemon().start(() -> {
            try {
                await(left());
                if (!ended.await(ORDERLY.toMillis(), TimeUnit.MILLISECONDS)) {
                    Runtime.getRuntime().halt(CUT_SHORT);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public boolean goesOn() {
        return asked.getCount() > 0 && left().isPositive();
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
        Duration wait = left().compareTo(atMost) < 0 ? left() : atMost;
        asked.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** What is left of it; not positive when it is over. */
    Duration left() {
        return Duration.ofNanos(deadlineNs - System.nanoTime());
    }

    /** Waits until the process is asked to end. */
    void awaitEnd() throws InterruptedException {
        asked.await();
    }

    /** All is given back. */
    void given() {
        over.countDown();
    }

    private void end() {
        asked.countDown();
        try {
            // a process that ends before it gave back would leave that to the driver; that is for those that hang
            over.await(ORDERLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
