package airworthy.faults.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class SetFieldOnceReadyTest extends ActuatorContractTest {
    private static final String SERVICE = "/api/v1/namespaces/team-a/services/chat";
    private static final String POD = "/api/v1/namespaces/team-a/pods/proxy";
    private static final ObjectRef PROXY = new ObjectRef("v1", "Pod", Optional.of("team-a"), "proxy");
    private static final Change.SetFieldOnceReady SWITCH = new Change.SetFieldOnceReady(
            new Change.SetField(
                    new ObjectRef("v1", "Service", Optional.of("team-a"), "chat"),
                    "/spec/selector",
                    "{\"part\":\"proxy\"}",
                    "{\"app\":\"chat\"}"),
            PROXY);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Override
    protected Rig rig() {
        return new SwitchRig();
    }

    @Test
    void aPodThatDoesNotBecomeReadyLeavesTheFieldAsItWas() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            api.put(SERVICE, service("chat"));
            api.put(POD, """
                {"metadata": {"name": "proxy"}, "status": {"phase": "Pending",
                 "conditions": [{"type": "Ready", "status": "False"}],
                 "containerStatuses": [{"state": {"waiting": {"reason": "ImagePullBackOff", "message": "no such image"}}}]}}
                """);
            String before = selector(api);

            assertThat(new KubernetesActuator(api.connection(), SHORT, SHORT).apply(SWITCH))
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.why())
                                    .contains("Pod team-a/proxy", "ImagePullBackOff no such image", "left as it was"));
            assertThat(selector(api)).isEqualTo(before);
        }
    }

    @Test
    void aPodThatIsNotThereLeavesTheFieldAsItWas() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            api.put(SERVICE, service("chat"));
            String before = selector(api);

            assertThat(new KubernetesActuator(api.connection()).apply(SWITCH))
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.why()).contains("is not there"));
            assertThat(selector(api)).isEqualTo(before);
        }
    }

    @Test
    void theFieldIsSetWhenThePodBecomesReady() throws Exception {
        try (ToyApi api = new ToyApi()) {
            api.put(SERVICE, service("chat"));
            api.put(POD, pod("False"));
            FutureTask<Applied> applying =
                    new FutureTask<>(() -> new KubernetesActuator(api.connection()).apply(SWITCH));
            Thread.ofVirtual().start(applying);

            api.put(POD, pod("True"));

            assertThat(applying.get()).isInstanceOf(Applied.Done.class);
            assertThat(selector(api)).contains("proxy");
        }
    }

    @Test
    void whoIsInterruptedInTheWaitHasChangedNothingAndNeedNotWaitToUndo() throws Exception {
        try (ToyApi api = new ToyApi()) {
            api.put(SERVICE, service("chat"));
            api.put(POD, pod("False"));
            KubernetesActuator actuator = new KubernetesActuator(api.connection());
            FutureTask<Applied> applying = new FutureTask<>(() -> actuator.apply(SWITCH));
            Thread run = Thread.ofVirtual().start(applying);

            run.interrupt();

            assertThatThrownBy(applying::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(actuator.restore(SWITCH.undo())).isInstanceOf(Restoration.Restored.class);
            api.put(POD, pod("True"));
            assertThat(selector(api)).contains("chat");
        }
    }

    private static String service(String app) {
        return """
            {"metadata": {"name": "chat", "namespace": "team-a"}, "spec": {"selector": {"app": "%s"}}}
            """.formatted(app);
    }

    private static String pod(String ready) {
        return """
            {"metadata": {"name": "proxy", "namespace": "team-a"},
             "status": {"conditions": [{"type": "Ready", "status": "%s"}]}}
            """.formatted(ready);
    }

    private static String selector(ToyApi api) {
        return api.at(SERVICE).orElseThrow().at("/spec/selector").toString();
    }

    private static final class SwitchRig implements Rig {
        private final ToyApi api = new ToyApi();
        private final KubernetesActuator actuator = new KubernetesActuator(api.connection());

        SwitchRig() {
            api.put(SERVICE, service("chat"));
            api.put(POD, pod("True"));
        }

        @Override
        public Actuator actuator() {
            return actuator;
        }

        @Override
        public Change change() {
            return SWITCH;
        }

        @Override
        public String state() {
            return selector(api);
        }

        @Override
        public void somebodyElseChanges() {
            api.put(SERVICE, service("theirs"));
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
