package airworthy.faults;

import airworthy.model.Fault;

/**
 * Plans one or more kinds of fault by one mechanism. Planning only reads.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface FaultInjector {

    /** The mechanism's name, printed on the scorecard: {@code mock}, {@code kubernetes}, ... */
    String mechanism();

    /** Whether this injector knows the fault at all; whether it applies to a platform is told by {@link #plan}. */
    boolean knows(Fault fault);

    /**
     * Works out every change that the fault needs, with what was there before.
     *
     * @param assignment the fault, its target and what goes on around it
     * @return the changes, in order, or why there is no plan
     * @throws InterruptedException if the run is being ended
     */
    Planning plan(Assignment assignment) throws InterruptedException;
}
