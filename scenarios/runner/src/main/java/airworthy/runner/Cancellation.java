package airworthy.runner;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells all parts of a run that it is to end. Thread-safe; once cancelled it stays so. */
public final class Cancellation {
    private final CountDownLatch cancelled = new CountDownLatch(1);

    /** Ends the run: phases are cut short, healing begins. */
    public void cancel() {
        cancelled.countDown();
    }

    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /**
     * Lets time pass.
     *
     * @return whether it was cut short by cancellation
     */
    public boolean await(Duration time) throws InterruptedException {
        return cancelled.await(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
    }
}
