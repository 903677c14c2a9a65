package airworthy.faults.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Actuator;
import airworthy.faults.ActuatorContractTest;
import airworthy.faults.Applied;
import airworthy.faults.Gate;
import airworthy.faults.Rig;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.Restoration;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectCreationTest extends ActuatorContractTest {
    private static final String PATH = "/api/v1/namespaces/team-a/configmaps/aw-x";
    private static final Change.CreateObject CREATE = new Change.CreateObject(
            new ObjectRef("v1", "ConfigMap", Optional.of("team-a"), "aw-x"), ToyApi.configMap("aw-x", "ours"), "ours");

    @Override
    protected Rig rig() {
        return new CreationRig();
    }

    @Test
    void aRefusalIsToldInTheServersOwnWords() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            api.refuseCreation(403, "exceeded quota: accelerators");

            assertThat(new KubernetesActuator(api.connection()).apply(CREATE))
                    .isEqualTo(new Applied.Refused(403, "exceeded quota: accelerators"));
        }
    }

    @Test
    void anObjectHeldByAFinalizerIsReportedWithWhatAPersonCanDo() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            KubernetesActuator actuator = new KubernetesActuator(api.connection(), Duration.ofMillis(300));
            actuator.apply(CREATE);
            api.put(
                    PATH,
                    ToyApi.configMap("aw-x", "ours").replace("\"labels\"", "\"finalizers\": [\"a/b\"], \"labels\""));

            assertThat(actuator.restore(CREATE.undo())).isInstanceOfSatisfying(Restoration.Failed.class, failed -> {
                assertThat(failed.why()).contains("still there", "a/b");
                assertThat(failed.byHand()).isEqualTo("kubectl delete -n team-a ConfigMap aw-x");
            });
        }
    }

    @Test
    void anObjectIsSaidToBeGoneOnlyOnceItsFinalizersLetGo() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            KubernetesActuator actuator = new KubernetesActuator(api.connection());
            actuator.apply(CREATE);
            api.put(
                    PATH,
                    ToyApi.configMap("aw-x", "ours").replace("\"labels\"", "\"finalizers\": [\"a/b\"], \"labels\""));
            Thread controller = Thread.ofVirtual().start(() -> {
                while (api.at(PATH)
                        .orElseThrow()
                        .at("/metadata/deletionTimestamp")
                        .isMissingNode()) {
                    Thread.onSpinWait();
                }
                api.remove(PATH);
            });

            assertThat(actuator.restore(CREATE.undo())).isInstanceOf(Restoration.Restored.class);
            controller.join();
        }
    }

    private static final class CreationRig implements Rig {
        private final ToyApi api = new ToyApi();
        private final KubernetesActuator actuator = new KubernetesActuator(api.connection());

        @Override
        public Actuator actuator() {
            return actuator;
        }

        @Override
        public Change change() {
            return CREATE;
        }

        @Override
        public String state() {
            return api.at(PATH)
                    .map(object -> object.at("/metadata/uid").asText())
                    .orElse("not there");
        }

        @Override
        public void somebodyElseChanges() {
            api.put(PATH, ToyApi.configMap("aw-x", "theirs"));
        }

        @Override
        public Gate gate() {
            return api.gate();
        }

        @Override
        public void close() {
            api.close();
        }
    }
}
