package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deletions as a real API server, 1.36.3, answered them; that of a quota by its source. */
class DeletionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOME = "/api/v1/namespaces/team-a/";
    private static final String MAP = HOME + "configmaps/parity";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v1 | ConfigMap | configmaps |",
                "v1 | Secret | secrets |",
                "apps/v1 | Deployment | deployments | apps",
                "apps/v1 | ReplicaSet | replicasets | apps",
                "discovery.k8s.io/v1 | EndpointSlice | endpointslices | discovery.k8s.io",
                "scheduling.k8s.io/v1 | PriorityClass | priorityclasses | scheduling.k8s.io"
            })
    void mostKindsAreAnsweredWithAStatusThatNamesTheObject(String version, String kind, String plural, String group)
            throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made = create(cluster, version, kind, plural);
            JsonNode answer =
                    cluster.delete(path(version, plural) + "/parity", "").body();
            assertThat(answer).isEqualTo(JSON.readTree("""
                    {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success",
                     "details": {"name": "parity", %s "kind": "%s", "uid": "%s"}}""".formatted(
                            group == null ? "" : "\"group\": \"" + group + "\",",
                            plural,
                            made.at("/metadata/uid").asText())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Service, services",
        "v1, ServiceAccount, serviceaccounts",
        "v1, ResourceQuota, resourcequotas",
        "resource.k8s.io/v1, DeviceClass, deviceclasses",
        "resource.k8s.io/v1, ResourceClaim, resourceclaims",
        "resource.k8s.io/v1, ResourceClaimTemplate, resourceclaimtemplates"
    })
    void someKindsAreAnsweredWithTheObjectAsItWas(String version, String kind, String plural) throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made = create(cluster, version, kind, plural);
            JsonNode answer =
                    cluster.delete(path(version, plural) + "/parity", "").body();
            assertThat(answer.path("kind").asText()).isEqualTo(kind);
            assertThat(answer.at("/metadata/uid")).isEqualTo(made.at("/metadata/uid"));
            assertThat(answer.path("metadata").has("deletionGracePeriodSeconds"))
                    .isFalse();
        }
    }

    @Test
    void aPodThatNoNodeRunsIsAnsweredWithItsEndingEvenAsADryRun() throws IOException {
        String pod = HOME + "pods/parity";
        try (TestCluster cluster = TestCluster.with("")) {
            cluster.post(HOME + "pods", """
                {apiVersion: v1, kind: Pod, metadata: {name: parity},
                 spec: {nodeSelector: {parity: nowhere}, containers: [{name: a, image: b}]}}""");
            for (String how : new String[] {"?dryRun=All", ""}) {
                JsonNode answer = cluster.delete(pod + how, "").body();
                assertThat(answer.path("kind").asText()).isEqualTo("Pod");
                assertThat(answer.at("/metadata/deletionGracePeriodSeconds").asInt(-1))
                        .isZero();
            }
            assertThat(cluster.get(pod).code()).isEqualTo(404);
        }
    }

    @Test
    void anObjectThatIsHeldIsAnsweredAsItWaits() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            map(cluster, "finalizers: [airworthy.dev/parity]");
            JsonNode answer = cluster.delete(MAP, "").body();
            assertThat(answer.path("kind").asText()).isEqualTo("ConfigMap");
            assertThat(answer.at("/metadata/deletionGracePeriodSeconds").asInt(-1))
                    .isZero();
            cluster.patch(MAP, "merge-patch", "{\"metadata\": {\"finalizers\": null}}");
            assertThat(cluster.get(MAP).code()).isEqualTo(404);
        }
    }

    @Test
    void aPreconditionThatFailsNamesTheKindAndWhatIsInRecord() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode metadata = map(cluster, "labels: {}").path("metadata");
            TestCluster.Answer uid = cluster.delete(MAP, "{\"preconditions\": {\"uid\": \"other\"}}");
            assertThat(uid.code()).isEqualTo(409);
            assertThat(uid.body().path("details")).isEqualTo(JSON.readTree("""
                    {"name": "parity", "kind": "ConfigMap"}"""));
            assertThat(uid.message())
                    .isEqualTo("Operation cannot be fulfilled on ConfigMap \"parity\": the UID in the precondition"
                            + " (other) does not match the UID in record ("
                            + metadata.path("uid").asText()
                            + "). The object might have been deleted and then recreated");
            assertThat(cluster.delete(MAP, "{\"preconditions\": {\"resourceVersion\": \"1\"}}")
                            .message())
                    .isEqualTo("Operation cannot be fulfilled on ConfigMap \"parity\": the ResourceVersion in the"
                            + " precondition (1) does not match the ResourceVersion in record ("
                            + metadata.path("resourceVersion").asText() + "). The object might have been modified");
        }
    }

    /** The options are the body's where there is one: what the URL says beside it is not read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"?dryRun=All | '' | 200", "'' | {\"dryRun\": [\"All\"]} | 200", "?dryRun=All | {} | 404"})
    void aDryRunLeavesTheObjectWhereItIsAskedForInTheRightPlace(String url, String body, int left) throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            map(cluster, "labels: {}");
            assertThat(cluster.delete(MAP + url, body).body().path("status").asText())
                    .isEqualTo("Success");
            assertThat(cluster.get(MAP).code()).isEqualTo(left);
        }
    }

    private static JsonNode map(TestCluster cluster, String metadata) {
        return cluster.post(
                        HOME + "configmaps",
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: parity, " + metadata + "}}")
                .body();
    }

    private static JsonNode create(TestCluster cluster, String version, String kind, String plural) {
        String template = "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}";
        String rest = switch (kind) {
            case "Deployment", "ReplicaSet" ->
                ", spec: {replicas: 0, selector: {matchLabels: {a: b}}, " + template + "}";
            case "Service" -> ", spec: {ports: [{port: 80}]}";
            case "ResourceQuota" -> ", spec: {hard: {pods: 7}}";
            default -> "";
        };
        TestCluster.Answer made = cluster.post(
                path(version, plural),
                "{apiVersion: " + version + ", kind: " + kind + ", metadata: {name: parity}" + rest + "}");
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        return made.body();
    }

    private static String path(String version, String plural) {
        boolean cluster = plural.endsWith("classes");
        return (version.equals("v1") ? "/api/" : "/apis/") + version + (cluster ? "/" : "/namespaces/team-a/") + plural;
    }
}
