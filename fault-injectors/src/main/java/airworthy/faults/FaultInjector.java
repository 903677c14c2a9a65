package airworthy.faults;

import airworthy.model.Fault;
import airworthy.model.Target;

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
     * @param fault what is to happen
     * @param target what it is to happen to
     * @param mark marks what we make as ours, without telling what it is for
     * @return the changes, in order, or why there is no plan
     * @throws InterruptedException if the run is being ended
     */
    Planning plan(Fault fault, Target target, RunMark mark) throws InterruptedException;
}
