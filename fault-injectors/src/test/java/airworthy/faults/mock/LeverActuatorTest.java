package airworthy.faults.mock;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Actuator;
import airworthy.faults.ActuatorContractTest;
import airworthy.faults.Applied;
import airworthy.faults.Gate;
import airworthy.faults.Rig;
import airworthy.model.Change;
import airworthy.model.Restoration;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import org.junit.jupiter.api.Test;

class LeverActuatorTest extends ActuatorContractTest {
    @Override
    protected Rig rig() {
        return new LeverRig();
    }

    @Test
    void valuesAreComparedAsNumbers() throws InterruptedException {
        try (LeverServer lever = new LeverServer(1);
                HttpCaller http = new HttpCaller(Names.none(), Limits.standard())) {
            LeverActuator actuator = new LeverActuator(http);
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
        try (HttpCaller http = new HttpCaller(Names.none(), Limits.standard())) {
            LeverActuator actuator = new LeverActuator(http);
            assertThat(actuator.apply(pull)).isInstanceOf(Applied.Failed.class);
            assertThat(actuator.restore(pull.undo())).isInstanceOfSatisfying(Restoration.Failed.class, failed -> {
                assertThat(failed.why()).contains("connection refused", "gone");
                assertThat(failed.byHand())
                        .contains("kubectl replace --raw", lever.address().getPath());
            });
        }
    }

    @Test
    void aLeverThatIsRefusedIsNotPulledAndSaysWhyInThePartsOwnWords() throws InterruptedException {
        try (LeverServer lever = new LeverServer(1);
                HttpCaller http = new HttpCaller(Names.none(), Limits.standard())) {
            LeverActuator actuator = new LeverActuator(http);
            Change pull = new Change.PullLever(lever.address().resolve("/admin/levers/none"), "5", "1");

            assertThat(actuator.apply(pull))
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.why()).contains("was refused: 404", "no such lever"));
        }
    }

    private static final class LeverRig implements Rig {
        private final LeverServer lever = new LeverServer(1);
        private final HttpCaller http = new HttpCaller(Names.none(), Limits.standard());
        private final LeverActuator actuator = new LeverActuator(http);

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
            http.close();
            lever.close();
        }
    }
}
