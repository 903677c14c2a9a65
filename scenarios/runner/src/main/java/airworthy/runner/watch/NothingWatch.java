package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.runner.FaultWatch;

/**
 * Where no fault is made there is none to be seen.
 *
 * @param scenario for whom
 */
public record NothingWatch(ScenarioId scenario) implements FaultWatch {

    @Override
    public void before() {
        // nothing will be held against it
    }

    @Override
    public void made(Change change, Applied applied) {
        // nothing is made
    }

    @Override
    public Event.LandedSeen look() {
        return new Event.LandedSeen(scenario, Layer.CLIENT, false, "a control run: nothing is changed");
    }

    @Override
    public void after() {
        // nothing was there
    }

    @Override
    public void close() {
        // nothing is open
    }
}
