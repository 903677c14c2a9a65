package airworthy.levers;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Where levers stand. Thread-safe.
 *
 * @param <L> the levers
 */
public interface LeverPositions<L extends Lever> {

    /** All of them, in the order in which they are told. */
    List<L> all();

    /** Where one stands. */
    double get(L lever);

    /**
     * Moves one, if it still stands where the caller believes.
     *
     * @param expected where the caller believes, or empty to move it regardless
     * @return whether it was moved
     * @throws LeverFailureException when what is to follow could not be done; the lever is at rest then
     * @throws InterruptedException if the process is ending
     */
    boolean set(L lever, double value, OptionalDouble expected) throws LeverFailureException, InterruptedException;
}
