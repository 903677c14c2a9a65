package airworthy.faults;

import airworthy.model.Change;
import airworthy.model.Restoration;
import airworthy.model.Undo;

/**
 * Carries out changes and takes them back. Needs nothing but the data it is given, so that another process can undo
 * what a killed one did.
 *
 * <p>Implementations are thread-safe. Contract: {@link #restore} may be called for a change that was planned, half made,
 * made, refused or already restored, any number of times, and always ends in the same state; it leaves what somebody
 * else changed; it says restored only of what it has read back.
 */
public interface Actuator {

    /** Whether this actuator carries out such changes. */
    boolean carriesOut(Change change);

    /** Whether this actuator takes such changes back. */
    boolean takesBack(Undo undo);

    /**
     * Makes one change.
     *
     * @throws InterruptedException if the run is being ended; the change may or may not have been made
     */
    Applied apply(Change change) throws InterruptedException;

    /**
     * Takes one change back and reads the result.
     *
     * @throws InterruptedException if there is no more time
     */
    Restoration restore(Undo undo) throws InterruptedException;
}
