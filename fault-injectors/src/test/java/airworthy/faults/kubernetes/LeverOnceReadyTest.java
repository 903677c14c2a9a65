package airworthy.faults.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Actuator;
import airworthy.faults.ActuatorContractTest;
import airworthy.faults.Applied;
import airworthy.faults.Gate;
import airworthy.faults.Rig;
import airworthy.faults.mock.LeverActuator;
import airworthy.faults.mock.LeverServer;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Limits;
import airworthy.probes.http.Names;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeverOnceReadyTest extends ActuatorContractTest {
    private static final String PATH = "/api/v1/namespaces/team-a/pods/ours";
    private static final ObjectRef POD = new ObjectRef("v1", "Pod", Optional.of("team-a"), "ours");

    @Override
    protected Rig rig() {
        return new PodRig();
    }

    @Test
    void aPodThatDoesNotBecomeReadyLeavesTheLeverAlone() throws InterruptedException {
        try (PodRig rig = new PodRig()) {
            rig.api.put(PATH, pod("False"));

            assertThat(rig.actuator(Duration.ofMillis(300)).apply(rig.change()))
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.why()).contains("Pod team-a/ours", "was not set"));
            assertThat(rig.lever.value()).isEqualTo(1);
        }
    }

    @Test
    void leversOfOthersAreNotItsAffair() {
        try (PodRig rig = new PodRig()) {
            assertThat(rig.actuator().carriesOut(rig.change())).isTrue();
            assertThat(rig.actuator().carriesOut(rig.pull())).isFalse();
        }
    }

    private static String pod(String ready) {
        return """
            {"metadata": {"name": "ours", "namespace": "team-a"},
             "status": {"conditions": [{"type": "Ready", "status": "%s"}]}}
            """.formatted(ready);
    }

    private static final class PodRig implements Rig {
        private final ToyApi api = new ToyApi();
        private final LeverServer lever = new LeverServer(1);
        private final HttpCaller http = new HttpCaller(Names.none(), Limits.standard());
        private final Actuator actuator = actuator(KubernetesActuator.READINESS);

        PodRig() {
            api.put(PATH, pod("True"));
        }

        Actuator actuator(Duration limit) {
            return new LeverOnceReady(api.connection(), new LeverActuator(http), limit);
        }

        Change.PullLever pull() {
            return new Change.PullLever(lever.address(), "5", "1");
        }

        @Override
        public Actuator actuator() {
            return actuator;
        }

        @Override
        public Change change() {
            return new Change.PullLeverOnceReady(pull(), POD);
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
            api.close();
        }
    }
}
