package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a container's variables hold: what is written, and what fields of its pod hold. */
class PodVariablesTest {

    private static final String MANIFEST = """
        apiVersion: v1
        kind: Pod
        metadata: { name: model, namespace: team-a }
        spec:
          containers:
            - name: server
              image: model
              env:
                - { name: WRITTEN, value: as it is }
                - { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
                - { name: NAMESPACE, valueFrom: { fieldRef: { fieldPath: metadata.namespace } } }
                - { name: IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
                - { name: NONE, valueFrom: { fieldRef: { fieldPath: status.hostIP } } }
                - { name: SECRET, valueFrom: { secretKeyRef: { name: a, key: b } } }
        """;

    @Test
    void fieldsOfThePodAreFilledInAndOtherObjectsAreNot() throws IOException {
        AtomicReference<PodSandbox> started = new AtomicReference<>();
        try (TestCluster cluster = TestCluster.with(MANIFEST, pod -> {
            started.set(pod);
            return RunningPod.idle();
        })) {
            cluster.eventually(
                    "/api/v1/namespaces/team-a/pods/model",
                    pod -> pod.at("/status/containerStatuses/0/ready").asBoolean());
        }

        PodSandbox pod = started.get();
        assertThat(pod.containers().getFirst().env())
                .containsEntry("WRITTEN", "as it is")
                .containsEntry("POD", "model")
                .containsEntry("NAMESPACE", "team-a")
                .containsEntry("IP", pod.ip())
                .doesNotContainKeys("NONE", "SECRET");
    }
}
