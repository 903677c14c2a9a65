package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.mocks.kubernetes.runtime.ContainerExit;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A container that ends by itself is started again as a kubelet does it, and its status tells so. */
class ContainerExitTest {
    private static final String POD = "/api/v1/namespaces/team-a/pods/model";
    private static final String MANIFEST = """
        apiVersion: v1
        kind: Pod
        metadata: { name: model, namespace: team-a, labels: { app: chat, model-revision: r7 } }
        spec: { containers: [{ name: server, image: model }] }
        """;

    @Test
    void itIsStartedAgainAtOnceAndThenAfterAWait() throws IOException {
        AtomicInteger starts = new AtomicInteger();
        try (TestCluster cluster = TestCluster.with(MANIFEST, pod -> {
            starts.incrementAndGet();
            throw new ContainerExit(65, "the artefact is broken");
        })) {
            JsonNode pod = cluster.eventually(
                    POD,
                    p -> p.at("/status/containerStatuses/0/state/waiting/reason")
                            .asText()
                            .equals("CrashLoopBackOff"));

            JsonNode status = pod.at("/status/containerStatuses/0");
            assertThat(starts).hasValue(2);
            assertThat(status.path("restartCount").asInt()).isEqualTo(1);
            assertThat(status.path("ready").asBoolean(true)).isFalse();
            assertThat(status.at("/state/waiting/message").asText())
                    .startsWith("back-off 10s restarting failed container=server pod=model_team-a(");
            assertThat(status.at("/lastState/terminated/exitCode").asInt()).isEqualTo(65);
            assertThat(status.at("/lastState/terminated/reason").asText()).isEqualTo("Error");
            assertThat(status.at("/lastState/terminated/message").asText()).isEqualTo("the artefact is broken");
            assertThat(pod.at("/status/phase").asText()).isEqualTo("Running");
            assertThat(cluster.cluster.metrics())
                    .containsPattern("kube_pod_container_status_last_terminated_exitcode\\{namespace=\"team-a\","
                            + "pod=\"model\",uid=\"[^\"]+\",container=\"server\"} 65\n")
                    .containsPattern("kube_pod_container_status_waiting_reason\\{namespace=\"team-a\",pod=\"model\","
                            + "uid=\"[^\"]+\",container=\"server\",reason=\"CrashLoopBackOff\"} 1\n");
        }
    }

    @Test
    void onceItRunsItIsReadyAndItsLastEndIsStillTold() throws IOException {
        AtomicBoolean failed = new AtomicBoolean();
        try (TestCluster cluster = TestCluster.with(MANIFEST, pod -> {
            if (!failed.getAndSet(true)) {
                throw new ContainerExit(65, "not this time");
            }
            return RunningPod.idle();
        })) {
            JsonNode pod = cluster.eventually(
                    POD, p -> p.at("/status/containerStatuses/0/ready").asBoolean());
            assertThat(pod.at("/status/containerStatuses/0/restartCount").asInt())
                    .isEqualTo(1);
            assertThat(pod.at("/status/containerStatuses/0/lastState/terminated/exitCode")
                            .asInt())
                    .isEqualTo(65);
            assertThat(cluster.cluster.metrics()).doesNotContain("reason=\"CrashLoopBackOff\"");
        }
    }

    @Test
    void oneThatEndsLongAfterItsStartIsStartedAgainAsWell() throws IOException {
        AtomicInteger starts = new AtomicInteger();
        AtomicReference<Optional<ContainerExit>> end = new AtomicReference<>(Optional.empty());
        try (TestCluster cluster = TestCluster.with(MANIFEST, pod -> {
            starts.incrementAndGet();
            return new Ending(end);
        })) {
            cluster.eventually(
                    POD, p -> p.at("/status/containerStatuses/0/ready").asBoolean());
            end.set(Optional.of(new ContainerExit(1, "out of memory")));

            JsonNode pod = cluster.eventually(
                    POD, p -> p.at("/status/containerStatuses/0/restartCount").asInt() == 1);

            assertThat(starts).hasValueGreaterThanOrEqualTo(2);
            assertThat(pod.at("/status/containerStatuses/0/lastState/terminated/message")
                            .asText())
                    .isEqualTo("out of memory");
        }
    }

    /** Ready until it has ended. */
    private record Ending(AtomicReference<Optional<ContainerExit>> end) implements RunningPod {
        @Override
        public boolean ready() {
            return end.get().isEmpty();
        }

        @Override
        public String log() {
            return "";
        }

        @Override
        public Optional<ContainerExit> exited() {
            return end.get();
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }

    @Test
    void whatIsDeletedInTheForegroundGoesAfterWhatItOwns() throws IOException {
        String deployments = "/apis/apps/v1/namespaces/team-a/deployments";
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(deployments, """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: copy},
                 spec: {replicas: 2, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}},
                  spec: {containers: [{name: a, image: b}]}}}}\
                """);
            String pods = "/api/v1/namespaces/team-a/pods";
            cluster.eventually(pods, l -> l.path("items").size() == 2);

            JsonNode answer = cluster.delete(deployments + "/copy", "{\"propagationPolicy\": \"Foreground\"}")
                    .body();

            assertThat(answer.at("/metadata/finalizers/0").asText()).isEqualTo("foregroundDeletion");
            // whoever sees the Deployment gone sees no pod of it
            cluster.eventually(deployments, l -> l.path("items").isEmpty());
            assertThat(cluster.get(pods).body().path("items")).isEmpty();
        }
    }
}
