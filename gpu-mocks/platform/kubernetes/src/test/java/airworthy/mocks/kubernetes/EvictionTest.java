package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evictions without a budget as a real API server, 1.36.3, answered them; the budget's words are its source's. */
class EvictionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PODS = "/api/v1/namespaces/team-a/pods";
    private static final String BUDGETS = "/apis/policy/v1/namespaces/team-a/poddisruptionbudgets";
    private static final String NOWHERE = """
        apiVersion: v1
        kind: Pod
        metadata: {name: parity, namespace: team-a}
        spec: {nodeSelector: {parity: nowhere}, containers: [{name: a, image: b}]}
        """;
    private static final String TWO = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: chat, namespace: team-a}
        spec:
          replicas: 2
          selector: {matchLabels: {app: chat}}
          template: {metadata: {labels: {app: chat}}, spec: {containers: [{name: a, image: b}]}}
        """;

    @Test
    void anEvictionDeletesThePod() throws IOException {
        try (TestCluster cluster = TestCluster.with(NOWHERE)) {
            assertThat(cluster.get(PODS + "/parity/eviction").code()).isEqualTo(405);
            for (String dry : new String[] {"?dryRun=All", ""}) {
                TestCluster.Answer answer = evict(cluster, "parity", dry);
                assertThat(answer.code()).isEqualTo(201);
                assertThat(answer.body()).isEqualTo(JSON.readTree("""
                        {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "code": 201}"""));
                assertThat(cluster.get(PODS + "/parity").code()).isEqualTo(dry.isEmpty() ? 404 : 200);
            }
        }
    }

    @Test
    void anEvictionMayAskForADryRunInItsOptions() throws IOException {
        try (TestCluster cluster = TestCluster.with(NOWHERE)) {
            String dry =
                    "{apiVersion: policy/v1, kind: Eviction, metadata: {name: parity}, deleteOptions: {dryRun: [All]}}";
            assertThat(cluster.post(PODS + "/parity/eviction", dry).code()).isEqualTo(201);
            assertThat(cluster.get(PODS + "/parity").code()).isEqualTo(200);
        }
    }

    @Test
    void anEvictionOfNobodyOrOfAnotherIsRefused() throws IOException {
        try (TestCluster cluster = TestCluster.with(NOWHERE)) {
            TestCluster.Answer nobody = evict(cluster, "nobody", "");
            assertThat(nobody.code()).isEqualTo(404);
            assertThat(nobody.message()).isEqualTo("pods \"nobody\" not found");
            TestCluster.Answer other = cluster.post(PODS + "/parity/eviction", eviction("other"));
            assertThat(other.code()).isEqualTo(400);
            assertThat(other.message()).isEqualTo("name in URL does not match name in Eviction object");
        }
    }

    @Test
    void aRunningPodSaysThatItIsEvicted() throws IOException {
        try (TestCluster cluster = TestCluster.with(TWO)) {
            ready(cluster);
            String name = cluster.get(PODS).body().at("/items/0/metadata/name").asText();
            String before =
                    cluster.get(PODS).body().at("/metadata/resourceVersion").asText();
            evict(cluster, name, "");
            String changes = cluster.get(PODS + "?watch=true&timeoutSeconds=1&resourceVersion=" + before
                            + "&fieldSelector=metadata.name=" + name)
                    .text();
            JsonNode first = JSON.readTree(changes).at("/object/status/conditions");
            assertThat(first).anySatisfy(condition -> {
                assertThat(condition.path("type").asText()).isEqualTo("DisruptionTarget");
                assertThat(condition.path("reason").asText()).isEqualTo("EvictionByEvictionAPI");
                assertThat(condition.path("message").asText()).isEqualTo("Eviction API: evicting");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"minAvailable: 2, 2", "minAvailable: 51%, 2", "maxUnavailable: 0, 2", "minAvailable: 100%, 2"})
    void aBudgetThatAllowsNothingRefusesTheEviction(String budget, int needed) throws IOException {
        try (TestCluster cluster = TestCluster.with(TWO)) {
            ready(cluster);
            declare(cluster, budget);
            String name = cluster.get(PODS).body().at("/items/0/metadata/name").asText();
            TestCluster.Answer refused = evict(cluster, name, "?dryRun=All");
            assertThat(refused.code()).isEqualTo(429);
            assertThat(refused.body().path("reason").asText()).isEqualTo("TooManyRequests");
            assertThat(refused.message())
                    .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
            assertThat(refused.body().at("/details/causes/0")).isEqualTo(JSON.readTree("""
                    {"reason": "DisruptionBudget",
                     "message": "The disruption budget guard needs %d healthy pods and has 2 currently"}""".formatted(needed)));
        }
    }

    @ParameterizedTest
    @CsvSource({"minAvailable: 1", "minAvailable: 50%", "maxUnavailable: 1", "maxUnavailable: 1%"})
    void aBudgetAllowsAsManyAsItSays(String budget) throws IOException {
        try (TestCluster cluster = TestCluster.with(TWO)) {
            ready(cluster);
            declare(cluster, budget);
            cluster.eventually(
                    BUDGETS + "/guard", b -> b.at("/status/disruptionsAllowed").asInt() == 1);
            String name = cluster.get(PODS).body().at("/items/0/metadata/name").asText();
            assertThat(evict(cluster, name, "").code()).isEqualTo(201);
        }
    }

    @Test
    void aPodThatDoesNotRunIsNotGuarded() throws IOException {
        try (TestCluster cluster = TestCluster.with(NOWHERE)) {
            cluster.post(BUDGETS, """
                {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: guard},
                 spec: {minAvailable: 1, selector: {}}}""");
            assertThat(evict(cluster, "parity", "").code()).isEqualTo(201);
        }
    }

    private static void ready(TestCluster cluster) {
        cluster.eventually(
                "/apis/apps/v1/namespaces/team-a/deployments/chat",
                d -> d.at("/status/readyReplicas").asInt() == 2);
    }

    private static void declare(TestCluster cluster, String budget) {
        cluster.post(
                BUDGETS,
                "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: guard}, spec: {" + budget
                        + ", selector: {matchLabels: {app: chat}}}}");
    }

    private static TestCluster.Answer evict(TestCluster cluster, String pod, String parameters) {
        return cluster.post(PODS + "/" + pod + "/eviction" + parameters, eviction(pod));
    }

    private static String eviction(String pod) {
        return "{apiVersion: policy/v1, kind: Eviction, metadata: {name: " + pod + "}}";
    }
}
