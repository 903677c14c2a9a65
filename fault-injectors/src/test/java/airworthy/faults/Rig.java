package airworthy.faults;

import airworthy.model.Change;

/** One actuator with something that it can change, and a second way to look at that. */
public interface Rig extends AutoCloseable {
    Actuator actuator();

    /** The change that is made; fits the state at the start. */
    Change change();

    /** What is there now, seen without the actuator. */
    String state();

    /** Somebody else changes what the change is about, so that it is neither ours nor as before. */
    void somebodyElseChanges();

    /** In the way of each change. */
    Gate gate();

    @Override
    void close();
}
