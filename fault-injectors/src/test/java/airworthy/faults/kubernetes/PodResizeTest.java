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
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodResizeTest extends ActuatorContractTest {
    private static final String PATH = "/api/v1/namespaces/team-a/pods/chat-0";
    private static final String USUAL = size("2");
    private static final Change.SetField SMALLER = new Change.SetField(
            new ObjectRef("v1", "Pod", Optional.of("team-a"), "chat-0"),
            "/spec/containers/1/resources",
            size("25m"),
            USUAL);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Override
    protected Rig rig() {
        return new ResizeRig();
    }

    @Test
    void aSizeIsMadeOnlyWhenTheNodeGivesIt() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            api.put(PATH, pod(USUAL));
            api.kubeletStandsStill();

            assertThat(new KubernetesActuator(api.connection(), SHORT).apply(SMALLER))
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.why())
                                    .contains("Pod team-a/chat-0", "the node gives it", "\"cpu\":\"2\"", "25m")
                                    .contains("PodResizePending Deferred no room"));
        }
    }

    @Test
    void aSizeIsPutBackOnlyWhenTheNodeGivesIt() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            api.put(PATH, pod(USUAL));
            KubernetesActuator actuator = new KubernetesActuator(api.connection(), SHORT);
            assertThat(actuator.apply(SMALLER)).isInstanceOf(Applied.Done.class);
            api.kubeletStandsStill();

            assertThat(actuator.restore(SMALLER.undo()))
                    .isInstanceOfSatisfying(
                            Restoration.Failed.class,
                            failed -> assertThat(failed.why()).contains("it is asked for, but the node gives it"));
        }
    }

    @Test
    void aPodThatIsGoneHasNothingOfOurs() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            assertThat(new KubernetesActuator(api.connection()).restore(SMALLER.undo()))
                    .isInstanceOfSatisfying(
                            Restoration.Restored.class,
                            restored -> assertThat(restored.observed()).contains("not there any more"));
        }
    }

    @Test
    void aServerThatKnowsNoSizesIsNoCaseForTheJudge() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            assertThat(new KubernetesActuator(api.connection()).apply(SMALLER)).isInstanceOf(Applied.Failed.class);
        }
    }

    private static String size(String cpu) {
        return "{\"limits\":{\"cpu\":\"" + cpu + "\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"10m\"}}";
    }

    private static String pod(String size) {
        return """
            {"metadata": {"name": "chat-0", "namespace": "team-a"},
             "spec": {"containers": [{"name": "sidecar", "resources": {}}, {"name": "engine", "resources": %1$s}]},
             "status": {
              "conditions": [{"type": "PodResizePending", "reason": "Deferred", "message": "no room"}],
              "containerStatuses": [{"name": "sidecar", "resources": {}}, {"name": "engine", "resources": %1$s}]}}
            """.formatted(size);
    }

    private static final class ResizeRig implements Rig {
        private final ToyApi api = new ToyApi();
        private final KubernetesActuator actuator = new KubernetesActuator(api.connection());

        ResizeRig() {
            api.put(PATH, pod(USUAL));
        }

        @Override
        public Actuator actuator() {
            return actuator;
        }

        @Override
        public Change change() {
            return SMALLER;
        }

        @Override
        public String state() {
            JsonNode pod = api.at(PATH).orElseThrow();
            return pod.get("spec") + " " + pod.at("/status/containerStatuses");
        }

        @Override
        public void somebodyElseChanges() {
            api.put(PATH, pod(size("4")));
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
