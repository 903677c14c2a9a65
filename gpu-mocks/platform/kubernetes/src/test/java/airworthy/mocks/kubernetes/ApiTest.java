package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.kubernetes.runtime.PodRuntime;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ApiTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MAP = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: limits, labels: {tier: gold}}
        data: {a: "1"}
        """;

    @Test
    void answersUnknownPathsAndObjectsWithAStatus() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            TestCluster.Answer absent = cluster.get(MAPS + "/none");
            assertThat(absent.code()).isEqualTo(404);
            assertThat(absent.message()).isEqualTo("configmaps \"none\" not found");
            assertThat(absent.body().path("reason").asText()).isEqualTo("NotFound");
            assertThat(cluster.get("/apis/nobody.example/v1/things").code()).isEqualTo(404);
            assertThat(cluster.post("/api/v1/namespaces/nowhere/configmaps", MAP)
                            .message())
                    .isEqualTo("namespaces \"nowhere\" not found");
        }
    }

    @Test
    void letsNobodyInWithoutTheToken() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            assertThat(cluster.call("GET", MAPS, "", "application/json", "Authorization", "Bearer no")
                            .code())
                    .isEqualTo(401);
            assertThat(cluster.call("GET", "/readyz", "", "text/plain", "Authorization", "none")
                            .code())
                    .isEqualTo(200);
        }
    }

    @Test
    void describesItsKinds() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode claims = cluster.get("/apis/resource.k8s.io/v1")
                    .body()
                    .path("resources")
                    .valueStream()
                    .filter(r -> r.path("name").asText().equals("resourceclaims"))
                    .findFirst()
                    .orElseThrow();
            assertThat(claims.path("verbs").valueStream().map(JsonNode::asText)).contains("watch", "patch");
            assertThat(cluster.get("/version").body().path("gitVersion").asText())
                    .isEqualTo("v1.36.3+simulated");
        }
    }

    @Test
    void selectsByLabelAndField() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            assertThat(items(cluster, MAPS + "?labelSelector=tier%20in%20(gold,silver)"))
                    .isEqualTo(1);
            assertThat(items(cluster, MAPS + "?labelSelector=tier!=gold")).isZero();
            assertThat(items(cluster, "/api/v1/configmaps?fieldSelector=metadata.name=limits"))
                    .isEqualTo(1);
            assertThat(cluster.get(MAPS + "?fieldSelector=data.a=1").code()).isEqualTo(400);
        }
    }

    @Test
    void countsGenerationsOfTheSpecOnly() throws IOException {
        String service = "/api/v1/namespaces/default/services/s";
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(
                    "/api/v1/namespaces/default/services",
                    "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}");
            cluster.patch(service, "merge-patch", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
            assertThat(generation(cluster, service)).isEqualTo(1);
            cluster.patch(service, "merge-patch", "{\"spec\":{\"ports\":[{\"port\":81}]}}");
            assertThat(generation(cluster, service)).isEqualTo(2);
        }
    }

    @Test
    void refusesAJsonPatchWhoseTestFails() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            TestCluster.Answer refused = cluster.patch(MAPS + "/limits", "json-patch", """
                [{"op":"test","path":"/data/a","value":"2"},{"op":"replace","path":"/data/a","value":"3"}]
                """);
            assertThat(refused.code()).isEqualTo(422);
            assertThat(cluster.get(MAPS + "/limits").body().at("/data/a").asText())
                    .isEqualTo("1");
        }
    }

    @Test
    void refusesAPatchOfAnOldVersion() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            assertThat(cluster.patch(
                                    MAPS + "/limits",
                                    "merge-patch",
                                    "{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{\"a\":\"2\"}}")
                            .code())
                    .isEqualTo(409);
        }
    }

    @Test
    void deletesOnlyTheObjectThatIsMeant() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            assertThat(cluster.delete(MAPS + "/limits", "{\"preconditions\":{\"uid\":\"other\"}}")
                            .code())
                    .isEqualTo(409);
            assertThat(cluster.delete(MAPS + "/limits?dryRun=All", "").code()).isEqualTo(200);
            assertThat(cluster.delete(MAPS + "?labelSelector=tier=gold", "").code())
                    .isEqualTo(200);
            assertThat(cluster.get(MAPS + "/limits").code()).isEqualTo(404);
        }
    }

    @Test
    void writesStatusOnlyThroughItsOwnAddress() throws IOException {
        String nodes = "/api/v1/nodes/a-cpu";
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.eventually(
                    nodes, n -> n.at("/status/conditions/0/status").asText().equals("True"));
            ObjectNode node = cluster.get(nodes).body().deepCopy();
            node.withObject("/status").put("phase", "odd");
            assertThat(cluster.put(nodes, node).body().at("/status/phase").isMissingNode())
                    .isTrue();
            assertThat(cluster.put(nodes + "/status", node)
                            .body()
                            .at("/status/phase")
                            .asText())
                    .isEqualTo("odd");
        }
    }

    @Test
    void watchesFromARevisionAndShowsObjectsThatLeaveTheSelectorAsDeleted() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            String before =
                    cluster.get(MAPS).body().at("/metadata/resourceVersion").asText();
            cluster.post(MAPS, MAP);
            cluster.patch(MAPS + "/limits", "merge-patch", "{\"metadata\":{\"labels\":{\"tier\":\"tin\"}}}");
            String stream = cluster.get(
                            MAPS + "?watch=true&timeoutSeconds=1&labelSelector=tier=gold&resourceVersion=" + before)
                    .text();
            assertThat(stream.lines().map(l -> l.substring(0, l.indexOf(','))))
                    .containsExactly("{\"type\":\"ADDED\"", "{\"type\":\"DELETED\"");
        }
    }

    @Test
    void saysThatARevisionIsTooOldToWatchFrom() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode expired = cluster.get(MAPS + "?watch=true&timeoutSeconds=1&resourceVersion=-5")
                    .body();
            assertThat(expired.at("/object/code").asInt()).isEqualTo(410);
        }
    }

    @Test
    void deletesANamespaceWithItsContents() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post("/api/v1/namespaces/team-a/configmaps", MAP);
            cluster.delete("/api/v1/namespaces/team-a", "");
            assertThat(cluster.get("/api/v1/namespaces/team-a").code()).isEqualTo(404);
            assertThat(items(cluster, "/api/v1/configmaps")).isZero();
        }
    }

    @Test
    void leavesDependentsThatAreOrphaned() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(MAPS, MAP);
            String uid =
                    cluster.get(MAPS + "/limits").body().at("/metadata/uid").asText();
            String dependent = """
                apiVersion: v1
                kind: Secret
                metadata: {name: s, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: limits, uid: %s}]}
                """.formatted(uid);
            cluster.post("/api/v1/namespaces/default/secrets", dependent);
            cluster.delete(MAPS + "/limits", "{\"propagationPolicy\":\"Orphan\"}");
            JsonNode secret =
                    cluster.get("/api/v1/namespaces/default/secrets/s").body();
            assertThat(secret.at("/metadata/ownerReferences")).isEmpty();
        }
    }

    @Test
    void printsTablesForKubectl() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode table = cluster.call(
                            "GET",
                            "/apis/resource.k8s.io/v1/resourceslices",
                            "",
                            "application/json",
                            "Accept",
                            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                    .body();
            assertThat(table.path("columnDefinitions")
                            .valueStream()
                            .map(c -> c.path("name").asText()))
                    .containsExactly("Name", "Node", "Driver", "Pool", "Age");
            assertThat(table.at("/rows/0/cells/1").asText()).isEqualTo("b-gpu");
        }
    }

    @Test
    void namesTheManifestThatIsRefused() throws IOException {
        ClusterSettings broken = TestCluster.settings(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: lost, namespace: nowhere}}", PodRuntime.idle());
        assertThatThrownBy(() -> SimulatedCluster.start(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("manifest ConfigMap 'lost': namespaces \"nowhere\" not found");
    }

    private static int items(TestCluster cluster, String path) {
        return (int) cluster.get(path)
                .body()
                .path("items")
                .valueStream()
                .filter(i -> i.at("/metadata/name").asText().equals("limits"))
                .count();
    }

    private static int generation(TestCluster cluster, String path) {
        return cluster.get(path).body().at("/metadata/generation").asInt();
    }
}
