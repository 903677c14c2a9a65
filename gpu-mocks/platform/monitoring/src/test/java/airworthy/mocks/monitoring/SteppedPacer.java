package airworthy.mocks.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Time that a test moves: what is due runs on the thread that moves it, in order. */
public final class SteppedPacer implements Pacer {
    private static final class Due {
        private final long order;
        private final Optional<Duration> period;
        private final Runnable action;
        private Instant at;
        private boolean cancelled;

        Due(Instant at, long order, Optional<Duration> period, Runnable action) {
            this.at = at;
            this.order = order;
            this.period = period;
            this.action = action;
        }
    }

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.<Due, Instant>comparing(d -> d.at).thenComparingLong(d -> d.order));
    private Instant now;
    private long count;

    public SteppedPacer(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long nanos() {
        return now.toEpochMilli() * 1_000_000;
    }

    @Override
    public Task every(Duration period, Runnable action) {
        return add(Duration.ZERO, Optional.of(period), action);
    }

    @Override
    public Task after(Duration delay, Runnable action) {
        return add(delay, Optional.empty(), action);
    }

    private synchronized Task add(Duration delay, Optional<Duration> period, Runnable action) {
        Due due = new Due(now.plus(delay), count++, period, action);
        queue.add(due);
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        due.cancelled = true;
    }

    /** Passes time, running what falls due. */
    public void advance(Duration length) {
        Instant end = now().plus(length);
        while (true) {
            Due due;
            synchronized (this) {
                due = queue.peek();
                if (due == null || due.at.isAfter(end)) {
                    now = end;
                    return;
                }
                queue.remove();
                now = due.at.isAfter(now) ? due.at : now;
                if (due.cancelled) {
                    continue;
                }
            }
            due.action.run();
            Due again = due;
            due.period.ifPresent(period -> requeue(again, period));
        }
    }

    private synchronized void requeue(Due due, Duration period) {
        due.at = due.at.plus(period);
        queue.add(due);
    }

    @Override
    public synchronized void pause(Duration length) {
        now = now.plus(length);
    }

    @Override
    public synchronized void close() {
        queue.clear();
    }
}
