package airworthy.mocks.inference;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * The processor time that an engine spends on each step, whatever its accelerator does: scheduling, sampling, writing. One step
 * makes a token of every answer that is under way, so an engine that gets less of a processor is slow for all, and not the
 * slower the more ask it. Thread-safe.
 */
final class DecodingStep {

    /** Long enough that the clock of a thread, which counts in 10 ms on some kernels, is no matter. */
    private static final Duration CALIBRATION = Duration.ofMillis(300);

    private static final int BLOCK = 1_000;

    private final long rounds;
    /** Keeps the work from being left out. */
    private final DoubleAdder result = new DoubleAdder();

    private long begun;
    private long done;

    /** @param rounds of arithmetic in each step; none for an engine whose steps take no processor time */
    DecodingStep(long rounds) {
        this.rounds = rounds;
    }

    /** How many rounds take so much processor time on this machine. */
    static long rounds(Duration processor) throws InterruptedException {
        if (processor.isZero()) {
            return 0;
        }
        DecodingStep trial = new DecodingStep(0);
        FutureTask<Long> measuring = new FutureTask<>(trial::roundsPerSecond);
        // Virtual threads have no clock of their own.
        Thread.ofPlatform().name("calibration").start(measuring);
        try {
            return Math.max(1, Math.round(measuring.get() * (processor.toNanos() / 1e9)));
        } catch (ExecutionException e) {
            throw new IllegalStateException("arithmetic cannot fail", e);
        }
    }

    /** Returns when a step that began after this was asked is over. */
    void take() throws InterruptedException {
        if (rounds == 0) {
            return;
        }
        synchronized (this) {
            long mine = begun + 1;
            while (begun != done) {
                wait();
                if (done >= mine) {
                    return;
                }
            }
            begun++;
        }
        work(rounds);
        synchronized (this) {
            done = begun;
            notifyAll();
        }
    }

    /** How many steps there were. */
    synchronized long steps() {
        return done;
    }

    private long roundsPerSecond() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long perSecond = 0;
        // The first time is the compiler's.
        for (int time = 0; time < 2; time++) {
            long start = threads.getCurrentThreadCpuTime();
            long made = 0;
            long took = 0;
            while (took < CALIBRATION.toNanos()) {
                work(BLOCK);
                made += BLOCK;
                took = threads.getCurrentThreadCpuTime() - start;
            }
            perSecond = Math.round(made / (took / 1e9));
        }
        return perSecond;
    }

    private void work(long times) {
        double sum = 0;
        for (long round = 1; round <= times; round++) {
            sum += 1.0 / round;
        }
        result.add(sum);
    }
}
