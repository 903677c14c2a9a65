package airworthy.runner;

import airworthy.model.Event;
import airworthy.model.Phase;
import airworthy.model.Scenario;

/**
 * Tells what one scenario does: to the journal, and of phases to whoever watches.
 *
 * @param scenario which
 * @param means where it goes
 */
record ScenarioLog(Scenario scenario, Means means) {

    void enter(Phase phase) {
        record(new Event.PhaseBegan(scenario.id(), phase));
        means.progress().phase(scenario.id(), phase);
    }

    void stopped(String why) {
        record(new Event.Stopped(scenario.id(), why));
    }

    void invalid(String why) {
        record(new Event.Invalid(scenario.id(), why));
    }

    void record(Event event) {
        means.journal().record(means.stamps().now("harness"), event);
    }
}
