package airworthy.runner;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;

/**
 * Sees whether a fault holds, by a path that is not the detector, and records what only this kind of fault makes
 * visible. One instance for one run of one scenario; used by one thread.
 */
public interface FaultWatch extends AutoCloseable {

    /** Looks before the fault, so that later looks have something to be held against. */
    void before() throws InterruptedException;

    /** Hears of each change that the platform took or refused, in order. */
    void made(Change change, Applied applied);

    /** Looks once during the hold. */
    Event.LandedSeen look() throws InterruptedException;

    /** Looks once after healing; what it sees goes to the journal. */
    void after() throws InterruptedException;

    /** Stops looking. */
    @Override
    void close();
}
