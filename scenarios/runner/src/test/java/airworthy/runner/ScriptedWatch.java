package airworthy.runner;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sees whatever a test wants seen, and does what a test wants done at each of its moments. */
final class ScriptedWatch implements FaultWatch {
    /** When a watch is called. */
    enum Moment {
        BEFORE,
        MADE,
        LOOK,
        AFTER
    }

    /** What happens then. */
    @FunctionalInterface
    interface Act {
        void play() throws InterruptedException;
    }

    private final ScenarioId scenario;
    private final Map<Moment, Act> acts = new EnumMap<>(Moment.class);
    private final List<String> calls = new ArrayList<>();

    ScriptedWatch(ScenarioId scenario) {
        this.scenario = scenario;
    }

    void at(Moment moment, Act act) {
        acts.put(moment, act);
    }

    /** Every call, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void before() throws InterruptedException {
        play(Moment.BEFORE, "before");
    }

    /** The interface lets no interruption out of here; a script that interrupts is a mistake of its test. */
    @Override
    public void made(Change change, Applied applied) {
        try {
            play(Moment.MADE, "made " + applied.getClass().getSimpleName());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        play(Moment.LOOK, "look");
        return new Event.LandedSeen(scenario, Layer.CLIENT, true, "as scripted");
    }

    @Override
    public void after() throws InterruptedException {
        play(Moment.AFTER, "after");
    }

    @Override
    public void close() {
        calls.add("close");
    }

    private void play(Moment moment, String call) throws InterruptedException {
        calls.add(call);
        acts.getOrDefault(moment, () -> {}).play();
    }
}
