package airworthy.runner;

import airworthy.model.Phase;
import airworthy.model.ScenarioId;

/** Hears how a run goes on, for people who watch. Thread-safe. */
@FunctionalInterface
public interface Progress {
    void phase(ScenarioId scenario, Phase phase);

    /** What is done before any scenario begins, in words. */
    default void preparing(String step) {
        // Who only watches scenarios need not hear it.
    }
}
