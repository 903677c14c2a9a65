package airworthy.runner;

import airworthy.model.Target;
import airworthy.model.TargetSelector;
import airworthy.probes.Reading;

/** Finds on a platform what a scenario wants to hit. Only reads. */
@FunctionalInterface
public interface TargetResolver {

    /** Resolves in profile order, then by the run's seed. */
    Reading<Target> resolve(TargetSelector selector) throws InterruptedException;
}
