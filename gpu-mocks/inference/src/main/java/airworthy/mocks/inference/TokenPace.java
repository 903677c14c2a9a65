package airworthy.mocks.inference;

import java.util.concurrent.locks.LockSupport;

/** The schedule of one answer's tokens. Deadlines are absolute: a token that is late does not delay those after it. */
final class TokenPace {

    private final Timing timing;
    private final Levers levers;
    private final Wait wait;
    private long deadlineNanos;
    private int produced;

    /** Starts the schedule at {@code admittedNanos} of {@link System#nanoTime()}. */
    TokenPace(Timing timing, Levers levers, long admittedNanos) {
        this(timing, levers, admittedNanos, TokenPace::parkUntil);
    }

    TokenPace(Timing timing, Levers levers, long admittedNanos, Wait wait) {
        this.timing = timing;
        this.levers = levers;
        this.wait = wait;
        this.deadlineNanos = admittedNanos;
    }

    /** How a token's time is waited for. */
    @FunctionalInterface
    interface Wait {
        /** Returns at this time of {@link System#nanoTime()} or later. */
        void until(long deadlineNanos) throws InterruptedException;
    }

    /** Waits for the next token's time; reads the levers once, at the start of the wait. */
    void awaitNext() throws InterruptedException {
        if (levers.awaitUnhung(produced)) {
            deadlineNanos = System.nanoTime();
        }
        deadlineNanos += produced == 0
                ? scaled(timing.firstToken().toNanos(), Lever.FIRST_TOKEN_DELAY_FACTOR)
                : scaled(timing.gap().toNanos(), Lever.TOKEN_DELAY_FACTOR);
        wait.until(deadlineNanos);
        produced++;
    }

    private long scaled(long nanos, Lever factor) {
        return Math.round(nanos * levers.get(factor));
    }

    private static void parkUntil(long deadline) throws InterruptedException {
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while generating");
            }
        }
    }
}
