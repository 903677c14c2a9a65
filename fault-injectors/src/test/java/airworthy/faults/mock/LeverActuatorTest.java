package airworthy.faults.mock;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Actuator;
import airworthy.faults.ActuatorContractTest;
import airworthy.faults.Applied;
import airworthy.faults.Gate;
import airworthy.faults.Rig;
import airworthy.model.Change;
import airworthy.model.Restoration;
import org.junit.jupiter.api.Test;

class LeverActuatorTest extends ActuatorContractTest {
    @Override
    protected Rig rig() {
        return new LeverRig();
    }

    @Test
    void valuesAreComparedAsNumbers() throws InterruptedException {
        try (LeverServer lever = new LeverServer(1);
                LeverActuator actuator = new LeverActuator()) {
            Change pull = new Change.PullLever(lever.address(), "5", "1.0");

            assertThat(actuator.apply(pull)).isInstanceOf(Applied.Done.class);
            assertThat(actuator.restore(pull.undo())).isInstanceOf(Restoration.Restored.class);
            assertThat(lever.value()).isEqualTo(1);
        }
    }

    @Test
    void aPartThatIsGoneIsNotCalledRestored() throws InterruptedException {
        LeverServer lever = new LeverServer(1);
        Change pull = new Change.PullLever(lever.address(), "5", "1");
        lever.close();
        try (LeverActuator actuator = new LeverActuator()) {
            assertThat(actuator.apply(pull)).isInstanceOf(Applied.Failed.class);
            assertThat(actuator.restore(pull.undo())).isInstanceOfSatisfying(Restoration.Failed.class, failed -> {
                assertThat(failed.why()).contains("connection refused", "gone");
                assertThat(failed.byHand()).contains("curl", lever.address().toString());
            });
        }
    }

    @Test
    void anUnknownLeverIsRefusedInThePartsOwnWords() throws InterruptedException {
        try (LeverServer lever = new LeverServer(1);
                LeverActuator actuator = new LeverActuator()) {
            Change pull = new Change.PullLever(lever.address().resolve("/admin/levers/none"), "5", "1");

            assertThat(actuator.apply(pull)).isInstanceOfSatisfying(Applied.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.message()).contains("no such lever");
            });
        }
    }

    private static final class LeverRig implements Rig {
        private final LeverServer lever = new LeverServer(1);
        private final LeverActuator actuator = new LeverActuator();

        @Override
        public Actuator actuator() {
            return actuator;
        }

        @Override
        public Change change() {
            return new Change.PullLever(lever.address(), "5", "1");
        }

        @Override
        public String state() {
            return Double.toString(lever.value());
        }

        @Override
        public void somebodyElseChanges() {
            lever.put(7);
        }

        @Override
        public Gate gate() {
            return lever.gate();
        }

        @Override
        public void close() {
            actuator.close();
            lever.close();
        }
    }
}
