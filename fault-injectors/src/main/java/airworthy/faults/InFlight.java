package airworthy.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Changes that outlive the wait for them. Who is interrupted while a change is under way does not know whether it will
 * still be carried out; undo has to wait until that is settled, else it would read the old state and be overtaken.
 *
 * <p>Calls must end by themselves. Thread-safe.
 *
 * @param <K> names what is changed
 */
public final class InFlight<K> {
    private final ConcurrentHashMap<K, FutureTask<Applied>> running = new ConcurrentHashMap<>();

    /**
     * Makes a change on a thread of its own and waits for it.
     *
     * @throws InterruptedException if the wait is interrupted; the change goes on
     */
    public Applied make(K what, Callable<Applied> change) throws InterruptedException {
        FutureTask<Applied> task = new FutureTask<>(change);
        running.put(what, task);
        Thread.ofVirtual().name("change " + what).start(() -> {
            task.run();
            running.remove(what, task);
        });
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("changing " + what + " failed unexpectedly", e.getCause());
        }
    }

    /**
     * Waits until no change of this is under way.
     *
     * @return false if one still is when the time is over
     */
    public boolean settled(K what, Duration limit) throws InterruptedException {
        FutureTask<Applied> task = running.get(what);
        if (task == null) {
            return true;
        }
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException _) {
            return true; // The change ended, whatever came of it; undo reads for itself.
        } catch (TimeoutException _) {
            return false;
        }
    }
}
