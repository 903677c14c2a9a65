package airworthy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between a change that was asked for and its being carried out, and can lose an answer. */
public final class Gate {
    private static final long SECONDS = 20;

    private final AtomicBoolean hold = new AtomicBoolean();
    private final AtomicBoolean lose = new AtomicBoolean();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    void holdNext() {
        hold.set(true);
    }

    void loseNextAnswer() {
        lose.set(true);
    }

    void awaitHeld() throws InterruptedException {
        assertThat(held.await(SECONDS, TimeUnit.SECONDS)).as("a change arrived").isTrue();
    }

    void release() {
        released.countDown();
    }

    /** Called by what carries changes out, before it does. */
    public void pass() throws InterruptedException {
        if (hold.getAndSet(false)) {
            held.countDown();
            assertThat(released.await(SECONDS, TimeUnit.SECONDS)).as("released").isTrue();
        }
    }

    /** Called by what carries changes out, after it did. */
    public boolean losesAnswer() {
        return lose.getAndSet(false);
    }
}
