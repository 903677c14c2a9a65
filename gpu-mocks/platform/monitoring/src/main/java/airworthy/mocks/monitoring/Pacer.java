package airworthy.mocks.monitoring;

import java.time.Duration;
import java.time.Instant;

/**
 * Time and everything that happens by time. A test steps it; {@link WallPacer} follows the clock. Implementations are
 * safe for use by several threads.
 */
public interface Pacer extends AutoCloseable {
    /** Something that will happen, until it is cancelled. */
    @FunctionalInterface
    interface Task {
        /** Prevents every run that has not begun. */
        void cancel();
    }

    /** Returns the wall clock's time, which labels what is stored and sent. */
    Instant now();

    /** Returns a monotonic reading in nanoseconds, which times what is measured. */
    long nanos();

    /** Runs an action now and then once a period, never twice at a time; periods missed by a slow action are dropped. */
    Task every(Duration period, Runnable action);

    /** Runs an action once after a delay. */
    Task after(Duration delay, Runnable action);

    /** Waits, as a client does before it tries again. */
    void pause(Duration length) throws InterruptedException;

    /** Cancels every task; running actions are interrupted. */
    @Override
    void close();
}
