package airworthy.faults;

import airworthy.model.Change;
import airworthy.model.Restoration;
import airworthy.model.Undo;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

/** The contract can be kept: a fake keeps it, on a lever that is a field of its own. */
class InMemoryActuatorTest extends ActuatorContractTest {
    @Override
    protected Rig rig() {
        return new Memory();
    }

    private static final class Memory implements Rig, Actuator {
        private final AtomicReference<String> lever = new AtomicReference<>("1");
        private final InFlight<URI> inFlight = new InFlight<>();
        private final Gate gate = new Gate();
        private final Change.PullLever pull = new Change.PullLever(URI.create("memory:lever"), "4", "1");

        @Override
        public boolean carriesOut(Change change) {
            return change instanceof Change.PullLever;
        }

        @Override
        public boolean takesBack(Undo undo) {
            return undo instanceof Undo.PutLeverBack;
        }

        @Override
        public Applied apply(Change change) throws InterruptedException {
            return inFlight.make(pull.lever(), () -> {
                gate.pass();
                String found = lever.compareAndExchange(pull.prior(), pull.ours());
                if (gate.losesAnswer()) {
                    return new Applied.Failed("the answer was lost");
                }
                return found.equals(pull.prior()) || found.equals(pull.ours())
                        ? new Applied.Done(OptionalInt.empty(), "set")
                        : new Applied.Failed("found " + found);
            });
        }

        @Override
        public Restoration restore(Undo undo) throws InterruptedException {
            inFlight.settled(pull.lever(), Duration.ofSeconds(10));
            gate.pass();
            lever.compareAndSet(pull.ours(), pull.prior());
            return lever.get().equals(pull.prior())
                    ? new Restoration.Restored("stands at " + pull.prior())
                    : new Restoration.Conflicted("found " + lever.get());
        }

        @Override
        public Actuator actuator() {
            return this;
        }

        @Override
        public Change change() {
            return pull;
        }

        @Override
        public String state() {
            return lever.get();
        }

        @Override
        public void somebodyElseChanges() {
            lever.set("7");
        }

        @Override
        public Gate gate() {
            return gate;
        }

        @Override
        public void close() {}
    }
}
