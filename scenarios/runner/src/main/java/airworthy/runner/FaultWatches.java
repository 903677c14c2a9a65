package airworthy.runner;

import airworthy.model.Fault;
import airworthy.model.ScenarioId;
import airworthy.model.Target;

/** Knows how to see each kind of fault. */
@FunctionalInterface
public interface FaultWatches {

    /** A watch for one run of one scenario. */
    FaultWatch of(ScenarioId scenario, Fault fault, Target target);
}
