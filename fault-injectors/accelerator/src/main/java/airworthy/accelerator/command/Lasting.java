package airworthy.accelerator.command;

import java.time.Duration;

/** How long something is kept up. Thread-safe. */
interface Lasting {

    /** Whether it is to go on. */
    boolean goesOn();

    /** Waits for so long, or until it is to go on no more. */
    void await(Duration atMost) throws InterruptedException;
}
