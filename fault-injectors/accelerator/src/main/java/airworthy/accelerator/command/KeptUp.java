package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A fault that is kept up beside whatever else the process does. Thread-safe. */
final class KeptUp implements Lasting, AutoCloseable {
    /** Between two looks whether it is made. */
    private static final Duration LOOK = Duration.ofMillis(5);

    private final HeldFault fault;
    private final Bound process;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String told = "";
    private volatile Optional<NativeException> failure = Optional.empty();

    private KeptUp(HeldFault fault, Bound process) {
        this.fault = fault;
        this.process = process;
    }

    /**
     * Begins.
     *
     * @param process ends the fault too, and itself where the fault does not end then
     */
    static KeptUp start(HeldFault fault, Bound process) {
        KeptUp kept = new KeptUp(fault, process);
        process.cutShortUnless(kept.ended);
        // the driver's calls do not let go of a carrier
        Thread.ofPlatform().name("fault").daemon().start(kept::run);
        return kept;
    }

    private void run() {
        try (fault) {
            fault.keepUp(this);
            told = fault.told();
        } catch (NativeException e) {
            failure = Optional.of(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** For people: what it does, or what it did when it ended. */
    String told() {
        return lasts() ? fault.told() : told;
    }

    /**
     * Waits until it has ended and all is given back.
     *
     * @throws NativeException when it did not end by itself
     */
    void awaitEnd() throws NativeException, InterruptedException {
        ended.await();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * Waits until it is made.
     *
     * @return whether it is; not where it took longer than that
     * @throws NativeException when it could not be made
     */
    boolean made(Duration within) throws NativeException, InterruptedException {
        long until = System.nanoTime() + within.toNanos();
        while (!fault.made() && System.nanoTime() < until && !ended.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
            // looked at again
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return fault.made();
    }

    /** Whether it still is. */
    boolean lasts() {
        return ended.getCount() > 0;
    }

    /** What it holds now. */
    Held held() {
        return fault.held();
    }

    /** What ended it before it was to end. */
    Optional<String> problem() {
        return failure.map(NativeException::told);
    }

    @Override
    public boolean goesOn() {
        return asked.getCount() > 0 && process.goesOn();
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
        asked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends it, and waits until all is given back; who is interrupted meanwhile waits no more. */
    @Override
    public void close() {
        asked.countDown();
        try {
            ended.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
