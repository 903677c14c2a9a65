package airworthy.runner;

import airworthy.faults.Actuator;
import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Levers in memory, and a trap that springs at a chosen step: what a killed or cancelled process leaves behind. */
final class FakePlatform implements Actuator {
    private final SortedMap<URI, String> levers = new TreeMap<>();
    private final List<String> writes = new ArrayList<>();
    private final Map<URI, Applied> answers = new HashMap<>();
    private Runnable beforeApply = () -> {};
    private boolean broken;

    FakePlatform lever(String name, String value) {
        levers.put(address(name), value);
        return this;
    }

    static URI address(String name) {
        return URI.create("http://127.0.0.1:1/levers/" + name);
    }

    /** What is there now; equal before and after is what the contract asks. */
    synchronized SortedMap<URI, String> dump() {
        return new TreeMap<>(levers);
    }

    synchronized List<String> writes() {
        return List.copyOf(writes);
    }

    /** This lever is not moved; the change is answered so. */
    synchronized FakePlatform answering(String lever, Applied answer) {
        answers.put(address(lever), answer);
        return this;
    }

    /** Runs before each change is made. */
    synchronized void beforeApply(Runnable trap) {
        beforeApply = trap;
    }

    /** Nothing can be put back any more. */
    synchronized void breakDown() {
        broken = true;
    }

    /** It can again. */
    synchronized void mend() {
        broken = false;
    }

    @Override
    public boolean carriesOut(Change change) {
        return change instanceof Change.PullLever;
    }

    @Override
    public boolean takesBack(Undo undo) {
        return undo instanceof Undo.PutLeverBack;
    }

    @Override
    public synchronized Applied apply(Change change) {
        beforeApply.run();
        Change.PullLever pull = (Change.PullLever) change;
        Applied answer = answers.get(pull.lever());
        if (answer != null) {
            return answer;
        }
        levers.put(pull.lever(), pull.ours());
        writes.add("apply " + pull.lever());
        return new Applied.Done(OptionalInt.of(200), "set");
    }

    @Override
    public synchronized Restoration restore(Undo undo) {
        Undo.PutLeverBack back = (Undo.PutLeverBack) undo;
        if (broken) {
            return new Restoration.Failed("connection refused", back.describe());
        }
        String now = levers.get(back.lever());
        if (back.ours().equals(now)) {
            levers.put(back.lever(), back.prior());
            writes.add("restore " + back.lever());
            return new Restoration.Restored("reads " + back.prior());
        }
        return back.prior().equals(now)
                ? new Restoration.Restored("already reads " + now)
                : new Restoration.Conflicted("found " + now + ", ours was " + back.ours());
    }
}
