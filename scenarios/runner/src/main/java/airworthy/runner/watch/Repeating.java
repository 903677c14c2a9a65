package airworthy.runner.watch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does one thing again and again on a thread of its own, until closed. */
final class Repeating implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** What is done; it ends when interrupted. */
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }

    private Repeating(Duration pause, Task task) {
        thread = Thread.ofVirtual().name("airworthy-watch").unstarted(() -> loop(pause, task));
    }

    /** Begins at once. */
    static Repeating every(Duration pause, Task task) {
        Repeating repeating = new Repeating(pause, task);
        repeating.thread.start();
        return repeating;
    }

    /** Ends it and waits until it has ended. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop(Duration pause, Task task) {
        try {
            do {
                task.run();
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // closed in the middle of a look
        }
    }
}
