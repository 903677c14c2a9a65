package airworthy.runner;

import airworthy.model.Fault;
import airworthy.model.ScenarioId;

/** Knows how to see each kind of fault. */
@FunctionalInterface
public interface FaultWatches {

    /** A watch for one run of one scenario, whose plan is known. */
    FaultWatch of(ScenarioId scenario, Fault fault, Preparation.Ready ready) throws InterruptedException;
}
