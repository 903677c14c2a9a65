package airworthy.mocks.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import airworthy.mocks.kubernetes.runtime.PodRuntime;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ServingTest {
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/team-a/deployments/chat";
    private static final String PODS = "/api/v1/namespaces/team-a/pods";
    private static final String CHAT = """
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaimTemplate
        metadata: {name: one-gpu, namespace: team-a}
        spec: {spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com}}]}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: chat, namespace: team-a, labels: {airworthy.dev/team: a}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: chat}}
          template:
            metadata: {labels: {app: chat}, annotations: {prometheus.io/port: "8000"}}
            spec:
              containers:
              - {name: model, image: vllm, args: [--model, chat], env: [{name: A, value: b}], ports: [{name: http, containerPort: 8000}]}
              resourceClaims: [{name: gpu, resourceClaimTemplateName: one-gpu}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: chat, namespace: team-a}
        spec: {selector: {app: chat}, ports: [{port: 80, targetPort: http}]}
        """;

    /** Remembers what it was told and is ready when the test says so. */
    private static final class Recorded implements PodRuntime {
        final Map<String, PodSandbox> started = new ConcurrentHashMap<>();
        final Map<String, Boolean> ready = new ConcurrentHashMap<>();
        final Map<String, Boolean> closed = new ConcurrentHashMap<>();

        @Override
        public RunningPod start(PodSandbox pod) {
            started.put(pod.name(), pod);
            return new RunningPod() {
                @Override
                public boolean ready() {
                    return ready.getOrDefault(pod.name(), true);
                }

                @Override
                public String log() {
                    return "one\ntwo\n";
                }

                @Override
                public void close() {
                    closed.put(pod.name(), true);
                }
            };
        }
    }

    @Test
    void runsADeploymentAndOffersItsReadyPodsAsEndpoints() throws IOException {
        Recorded runtime = new Recorded();
        try (TestCluster cluster = TestCluster.with(CHAT, runtime)) {
            ready(cluster, 2);
            assertThat(cluster.cluster.readyEndpoints("team-a", "chat"))
                    .extracting(ReadyEndpoint::ip, ReadyEndpoint::port)
                    .containsExactlyInAnyOrder(tuple("127.88.1.1", 8000), tuple("127.88.1.2", 8000));
            PodView pod = cluster.cluster.pods().getFirst();
            assertThat(pod.ready()).isTrue();
            assertThat(pod.annotations()).containsEntry("prometheus.io/port", "8000");
            PodSandbox told = requireNonNull(runtime.started.get(pod.name()));
            assertThat(told.devices()).hasSize(1);
            assertThat(told.containers())
                    .singleElement()
                    .isEqualTo(new PodSandbox.Container(
                            "model",
                            "vllm",
                            List.of("--model", "chat"),
                            Map.of("A", "b"),
                            List.of(8000),
                            Optional.empty()));
        }
    }

    @Test
    void takesAPodThatIsNotReadyOutOfTheEndpoints() throws IOException {
        Recorded runtime = new Recorded();
        try (TestCluster cluster = TestCluster.with(CHAT, runtime)) {
            ready(cluster, 2);
            String name = cluster.cluster.pods().getFirst().name();
            runtime.ready.put(name, false);
            ready(cluster, 1);
            assertThat(cluster.cluster.readyEndpoints("team-a", "chat"))
                    .noneMatch(e -> e.pod().filter(name::equals).isPresent());
        }
    }

    @Test
    void replacesADeletedPodAndEndsIt() throws IOException {
        Recorded runtime = new Recorded();
        try (TestCluster cluster = TestCluster.with(CHAT, runtime)) {
            ready(cluster, 2);
            String name = cluster.cluster.pods().getFirst().name();
            cluster.delete(PODS + "/" + name, "");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> runtime.closed.containsKey(name) && runtime.started.size() == 3);
            ready(cluster, 2);
        }
    }

    @Test
    void scalesByTheSubresourceAndCollectsClaimsWithTheirPods() throws IOException {
        try (TestCluster cluster = TestCluster.with(CHAT)) {
            ready(cluster, 2);
            cluster.patch(DEPLOYMENT + "/scale", "merge-patch", "{\"spec\":{\"replicas\":1}}");
            cluster.eventually(
                    "/apis/resource.k8s.io/v1/namespaces/team-a/resourceclaims",
                    l -> l.path("items").size() == 1);
            cluster.delete(DEPLOYMENT, "");
            cluster.eventually(PODS, l -> l.path("items").isEmpty());
            cluster.eventually(
                    "/apis/resource.k8s.io/v1/namespaces/team-a/resourceclaims",
                    l -> l.path("items").isEmpty());
        }
    }

    @Test
    void rollsToANewTemplateWithoutGoingBelowItsAvailability() throws IOException {
        try (TestCluster cluster = TestCluster.with(CHAT)) {
            ready(cluster, 2);
            cluster.patch(DEPLOYMENT, "strategic-merge-patch", """
                {"spec":{"template":{"spec":{"containers":[{"name":"model","image":"vllm:2"}]}}}}
                """);
            JsonNode pods = cluster.eventually(
                    PODS,
                    l -> l.path("items").size() == 2
                            && l.at("/items/0/spec/containers/0/image").asText().equals("vllm:2")
                            && l.at("/items/1/spec/containers/0/image").asText().equals("vllm:2"));
            assertThat(pods.at("/items/0/spec/containers/0/args/1").asText()).isEqualTo("chat");
        }
    }

    @Test
    void servesThePodsLog() throws IOException {
        try (TestCluster cluster = TestCluster.with(CHAT, new Recorded())) {
            ready(cluster, 2);
            String name = cluster.cluster.pods().getFirst().name();
            assertThat(cluster.get(PODS + "/" + name + "/log").text()).isEqualTo("one\ntwo\n");
            assertThat(cluster.get(PODS + "/" + name + "/log?tailLines=1").text())
                    .isEqualTo("two\n");
        }
    }

    @Test
    void reportsAPodThatCannotStart() throws IOException {
        PodRuntime broken = pod -> {
            throw new IOException("no such model");
        };
        try (TestCluster cluster = TestCluster.with(CHAT, broken)) {
            assertThat(cluster.event("team-a", "Failed")).isEqualTo("Error: no such model");
            assertThat(cluster.cluster.readyEndpoints("team-a", "chat")).isEmpty();
        }
    }

    @Test
    void namesPodsAndDevicesByTheSeed() throws IOException {
        try (TestCluster one = TestCluster.with(CHAT);
                TestCluster other = TestCluster.with(CHAT)) {
            ready(one, 2);
            ready(other, 2);
            assertThat(one.cluster.pods().stream().map(PodView::name))
                    .containsExactlyElementsOf(
                            other.cluster.pods().stream().map(PodView::name).toList());
            String slices = "/apis/resource.k8s.io/v1/resourceslices";
            assertThat(one.get(slices).body().at("/items/0/spec"))
                    .isEqualTo(other.get(slices).body().at("/items/0/spec"));
        }
    }

    @Test
    void exposesTheStateOfObjectsAsMetrics() throws IOException {
        try (TestCluster cluster = TestCluster.with(CHAT + """
            ---
            apiVersion: v1
            kind: ResourceQuota
            metadata: {name: accelerators, namespace: team-a}
            spec: {hard: {gpu.nvidia.com.deviceclass.resource.k8s.io/devices: "3"}}
            """)) {
            ready(cluster, 2);
            String quota = "kube_resourcequota{namespace=\"team-a\",resourcequota=\"accelerators\","
                    + "resource=\"gpu.nvidia.com.deviceclass.resource.k8s.io/devices\",type=";
            String pod = cluster.cluster.pods().getFirst().name();
            assertThat(cluster.cluster.metrics().lines())
                    .contains(
                            quota + "\"hard\"} 3",
                            quota + "\"used\"} 2",
                            "kube_deployment_status_replicas_ready{namespace=\"team-a\",deployment=\"chat\"} 2")
                    .anyMatch(l -> l.startsWith("kube_namespace_labels{namespace=\"team-a\"")
                            && l.contains("label_airworthy_dev_team=\"a\""))
                    .anyMatch(l -> l.startsWith("kube_pod_owner{")
                            && l.contains("pod=\"" + pod + "\"")
                            && l.contains("owner_kind=\"ReplicaSet\""));
        }
    }

    private static void ready(TestCluster cluster, int replicas) {
        cluster.eventually(
                DEPLOYMENT,
                d -> d.at("/status/readyReplicas").asInt() == replicas
                        && d.at("/status/replicas").asInt() == 2
                        && cluster.cluster.readyEndpoints("team-a", "chat").size() == replicas);
    }
}
