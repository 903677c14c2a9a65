package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a login may do is what roles grant it; the words are those of Kubernetes. */
class AccessTest {
    private static final String ROLES = """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: reader, namespace: team-a}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: sees-nodes}
        rules: [{apiGroups: [""], resources: [nodes], verbs: [get, list]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: reader-sees-nodes}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: sees-nodes}
        subjects: [{kind: ServiceAccount, name: reader, namespace: team-a}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reads, namespace: team-a}
        rules:
          - {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list]}
          - {apiGroups: [""], resources: [secrets], resourceNames: [known], verbs: [get]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: reader-reads, namespace: team-a}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reads}
        subjects: [{kind: ServiceAccount, name: reader}]
        """;
    private static final String READER = "User \"system:serviceaccount:team-a:reader\" cannot ";

    private final TestCluster cluster = cluster();
    private final String token = cluster.post("/api/v1/namespaces/team-a/serviceaccounts/reader/token", "{}")
            .body()
            .at("/status/token")
            .asText();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatARoleGrantsIsDone() {
        assertThat(asReader("GET", "/api/v1/nodes/a-cpu").code()).isEqualTo(200);
        assertThat(asReader("GET", "/api/v1/nodes").code()).isEqualTo(200);
        assertThat(asReader("GET", "/api/v1/namespaces/team-a/pods").code()).isEqualTo(200);
        assertThat(asReader("GET", "/api/v1/namespaces/team-a/pods/none/log").code())
                .isEqualTo(404);
        assertThat(asReader("GET", "/api/v1/namespaces/team-a/secrets/known").code())
                .isEqualTo(404);
    }

    @Test
    void whatNoRoleGrantsIsRefusedInTheWordsOfKubernetes() {
        assertRefused(
                asReader("GET", "/api/v1/namespaces/default/pods"),
                "pods is forbidden: " + READER
                        + "list resource \"pods\" in API group \"\" in the namespace \"default\"");
        assertRefused(
                asReader("GET", "/api/v1/pods"),
                "pods is forbidden: " + READER + "list resource \"pods\" in API group \"\" at the cluster scope");
        assertRefused(
                asReader("GET", "/api/v1/nodes?watch=true"),
                "nodes is forbidden: " + READER + "watch resource \"nodes\" in API group \"\" at the cluster scope");
        assertRefused(
                asReader("DELETE", "/apis/apps/v1/namespaces/team-a/deployments/chat"),
                "deployments.apps \"chat\" is forbidden: " + READER
                        + "delete resource \"deployments\" in API group \"apps\" in the namespace \"team-a\"");
        assertRefused(
                asReader("GET", "/api/v1/namespaces/team-a/pods/chat:8000/proxy/health"),
                "pods \"chat\" is forbidden: " + READER
                        + "get resource \"pods/proxy\" in API group \"\" in the namespace \"team-a\"");
        assertRefused(
                asReader("GET", "/api/v1/namespaces/team-a/secrets/other"),
                "secrets \"other\" is forbidden: " + READER
                        + "get resource \"secrets\" in API group \"\" in the namespace \"team-a\"");
    }

    @Test
    void aRoleThatIsTakenAwayGrantsNothingAnyMore() {
        cluster.delete("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/reader-sees-nodes", "");

        assertThat(asReader("GET", "/api/v1/nodes").code()).isEqualTo(403);
        assertThat(asReader("GET", "/apis").code())
                .as("what the API says about itself")
                .isEqualTo(200);
    }

    private static void assertRefused(TestCluster.Answer answer, String words) {
        assertThat(answer.message()).isEqualTo(words);
        assertThat(answer.code()).isEqualTo(403);
        assertThat(answer.body().path("reason").asText()).isEqualTo("Forbidden");
    }

    private TestCluster.Answer asReader(String method, String path) {
        return cluster.call(method, path, "", "application/json", "Authorization", "Bearer " + token);
    }

    private static TestCluster cluster() {
        try {
            return TestCluster.with(ROLES);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
