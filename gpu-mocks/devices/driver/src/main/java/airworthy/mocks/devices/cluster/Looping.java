package airworthy.mocks.devices.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread that takes turns: whenever woken, and after each period. A turn that fails is told once and tried again. */
final class Looping implements AutoCloseable {

    /** One turn. */
    @FunctionalInterface
    interface Turn {
        void take() throws IOException, InterruptedException;
    }

    private final Semaphore woken = new Semaphore(1);
    private final Thread thread;

    Looping(String name, Duration period, Turn turn, Consumer<String> log) {
        thread = Thread.ofVirtual().name(name).start(() -> run(name, period, turn, log));
    }

    private void run(String name, Duration period, Turn turn, Consumer<String> log) {
        String trouble = "";
        try {
            while (true) {
                boolean called = woken.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS);
                if (called) {
                    woken.drainPermits();
                }
                String found = attempt(turn);
                if (!found.equals(trouble)) {
                    log.accept(name + ": " + (found.isEmpty() ? "works again" : found + "; trying again"));
                    trouble = found;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String attempt(Turn turn) throws InterruptedException {
        try {
            turn.take();
            return "";
        } catch (IOException | RuntimeException e) {
            // Also a mistake of ours must not end the loop in silence.
            return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
        }
    }

    void wake() {
        woken.release();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
