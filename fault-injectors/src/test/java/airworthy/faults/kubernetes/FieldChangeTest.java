package airworthy.faults.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Actuator;
import airworthy.faults.ActuatorContractTest;
import airworthy.faults.Gate;
import airworthy.faults.Rig;
import airworthy.model.Change;
import airworthy.model.ObjectRef;
import airworthy.model.Restoration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FieldChangeTest {
    private static final ObjectRef CHAT = new ObjectRef("apps/v1", "Deployment", Optional.of("team-a"), "chat");
    private static final String PATH = "/apis/apps/v1/namespaces/team-a/deployments/chat";
    private static final String DEPLOYMENT = """
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "chat", "namespace": "team-a", "labels": {"app": "chat"}},
         "spec": {"replicas": %s}}
        """;

    @Nested
    class OfAValue extends ActuatorContractTest {
        @Override
        protected Rig rig() {
            return new FieldRig(
                    new Change.SetField(CHAT, "/spec/replicas", "0", "2"),
                    DEPLOYMENT.formatted(2),
                    DEPLOYMENT.formatted(3));
        }
    }

    @Nested
    class OfSomethingAbsent extends ActuatorContractTest {
        @Override
        protected Rig rig() {
            return new FieldRig(
                    new Change.SetField(CHAT, "/metadata/labels/tier", "\"x\"", Change.SetField.ABSENT),
                    DEPLOYMENT.formatted(2),
                    DEPLOYMENT.formatted(2).replace("\"app\"", "\"tier\": \"theirs\", \"app\""));
        }
    }

    @Test
    void aFieldWhoseObjectIsGoneIsAConflict() throws InterruptedException {
        try (ToyApi api = new ToyApi()) {
            Change change = new Change.SetField(CHAT, "/spec/replicas", "0", "2");

            assertThat(new KubernetesActuator(api.connection()).restore(change.undo()))
                    .isInstanceOfSatisfying(
                            Restoration.Conflicted.class,
                            conflicted -> assertThat(conflicted.what()).contains("no such object"));
        }
    }

    private record FieldRig(Change change, String theirs, ToyApi api, Actuator actuator) implements Rig {
        FieldRig(Change change, String before, String theirs) {
            ToyApi api = new ToyApi();
            api.put(PATH, before);
            this(change, theirs, api, new KubernetesActuator(api.connection()));
        }

        @Override
        public String state() {
            var object = api.at(PATH).orElseThrow();
            return object.get("spec") + " " + object.at("/metadata/labels");
        }

        @Override
        public void somebodyElseChanges() {
            api.put(PATH, theirs);
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
