package airworthy.mocks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a real API server, 1.36.3, made of such pods and templates; pull policies and classes that it was not asked for are
 * those of its source.
 */
class PodCompletionTest {
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String PODS = "/api/v1/namespaces/team-a/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/team-a/deployments";
    private static final String TEMPLATE = """
        restartPolicy: Always
        terminationGracePeriodSeconds: 30
        dnsPolicy: ClusterFirst
        securityContext: {}
        schedulerName: default-scheduler
        volumes: [{name: maps, configMap: {name: none, defaultMode: 420}}]
        containers:
        - name: a
          image: pause:dev
          imagePullPolicy: IfNotPresent
          terminationMessagePath: /dev/termination-log
          terminationMessagePolicy: File
          ports: [{containerPort: 80, protocol: TCP}]
          env: [{name: N, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.name}}}]
          readinessProbe:
            httpGet: {port: 80, path: /, scheme: HTTP}
            timeoutSeconds: 1
            periodSeconds: 10
            successThreshold: 1
            failureThreshold: 3
          resources: {limits: {cpu: "1"}}
        """;
    private static final String ADDED_TO_PODS = """
        enableServiceLinks: true
        serviceAccountName: default
        serviceAccount: default
        priority: 0
        preemptionPolicy: PreemptLowerPriority
        tolerations:
        - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
        - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
        """;
    private static final String DECLARED = """
        {volumes: [{name: maps, configMap: {name: none}}],
         containers: [{name: a, image: "pause:dev", ports: [{containerPort: 80}],
          env: [{name: N, valueFrom: {fieldRef: {fieldPath: metadata.name}}}],
          readinessProbe: {httpGet: {port: 80}}, resources: {limits: {cpu: "1"}}}]}
        """;

    @Test
    void aTemplateIsCompletedAndSoIsItsDeployment() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made =
                    cluster.post(DEPLOYMENTS + "?dryRun=All", deployment(1)).body();
            assertThat(made.at("/spec/template/spec")).isEqualTo(YAML.readTree(TEMPLATE));
            assertThat(made.at("/spec/strategy")).isEqualTo(YAML.readTree("""
                    {type: RollingUpdate, rollingUpdate: {maxUnavailable: 25%, maxSurge: 25%}}"""));
            assertThat(made.at("/spec/revisionHistoryLimit").asInt()).isEqualTo(10);
            assertThat(made.at("/spec/progressDeadlineSeconds").asInt()).isEqualTo(600);
        }
    }

    @Test
    void aPodGetsMoreThanItsTemplateMadeDirectlyOrByAController() throws IOException {
        JsonNode expected = YAML.readTree(
                TEMPLATE.replace("{limits: {cpu: \"1\"}}", "{limits: {cpu: \"1\"}, requests: {cpu: \"1\"}}")
                        + ADDED_TO_PODS);
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode direct = cluster.post(PODS + "?dryRun=All", pod(DECLARED)).body();
            assertThat(direct.path("spec")).isEqualTo(expected);
            assertThat(direct.at("/status")).isEqualTo(YAML.readTree("{phase: Pending, qosClass: Burstable}"));

            cluster.post(DEPLOYMENTS, deployment(1));
            JsonNode pods = cluster.eventually(PODS, l -> !l.path("items").isEmpty());
            ObjectNode made = pods.at("/items/0/spec").deepCopy();
            made.remove("nodeName");
            assertThat(made).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pause | Always",
                "pause:latest | Always",
                "host:5000/pause | Always",
                "host:5000/pause:1 | IfNotPresent"
            })
    void anImageWhoseTagMayMoveIsPulledAnew(String image, String policy) throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made = cluster.post(PODS + "?dryRun=All", pod("{containers: [{name: a, image: '" + image + "'}]}"))
                    .body();
            assertThat(made.at("/spec/containers/0/imagePullPolicy").asText()).isEqualTo(policy);
        }
    }

    @Test
    void whoToleratesALostNodeForEverIsNotTakenFromItAfterATime() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made = cluster.post(
                            PODS + "?dryRun=All",
                            pod("{containers: [{name: a, image: b}],"
                                    + " tolerations: [{key: node.kubernetes.io/not-ready, operator: Exists}]}"))
                    .body();
            assertThat(made.at("/spec/tolerations")).isEqualTo(YAML.readTree("""
                    - {key: node.kubernetes.io/not-ready, operator: Exists}
                    - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
                    """));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | BestEffort",
                "{limits: {nvidia.com/gpu: 1}} | BestEffort",
                "{requests: {cpu: 100m}} | Burstable",
                "{limits: {cpu: 1}} | Burstable",
                "{limits: {cpu: 1, memory: 1Gi}} | Guaranteed",
                "{limits: {cpu: 500m, memory: 1Gi}, requests: {cpu: 500m}} | Guaranteed",
                "{limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 500m}} | Burstable",
                "{limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 1024Mi}} | Guaranteed"
            })
    void theClassOfAPodFollowsFromRequestsAndLimits(String resources, String expected) throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made = cluster.post(
                            PODS + "?dryRun=All",
                            pod("{containers: [{name: a, image: b, resources: " + resources + "}]}"))
                    .body();
            assertThat(made.at("/status/qosClass").asText()).isEqualTo(expected);
        }
    }

    @Test
    void aPodPreemptsAsItsPriorityClassSays() throws IOException {
        String classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
        String declared = "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, value: 7, metadata: {name: ";
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made = cluster.post(classes, declared + "rude}}").body();
            assertThat(made.path("preemptionPolicy").asText()).isEqualTo("PreemptLowerPriority");
            cluster.post(classes, declared + "polite}, preemptionPolicy: Never}");
            JsonNode pod = cluster.post(
                            PODS + "?dryRun=All", pod("{containers: [{name: a, image: b}], priorityClassName: polite}"))
                    .body();
            assertThat(pod.at("/spec/preemptionPolicy").asText()).isEqualTo("Never");
            assertThat(pod.at("/spec/priority").asInt()).isEqualTo(7);
        }
    }

    @Test
    void aReplicaSetSaysThatItHasNoReplicasYet() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made = cluster.post(
                            DEPLOYMENTS.replace("deployments", "replicasets") + "?dryRun=All",
                            deployment(0).replace("Deployment", "ReplicaSet"))
                    .body();
            assertThat(made.path("status")).isEqualTo(YAML.readTree("{replicas: 0}"));
        }
    }

    @Test
    void aServiceWithoutAnAddressIsCompleted() throws IOException {
        try (TestCluster cluster = TestCluster.with("")) {
            JsonNode made =
                    cluster.post("/api/v1/namespaces/team-a/services", """
                    {apiVersion: v1, kind: Service, metadata: {name: parity},
                     spec: {clusterIP: None, selector: {app: parity}, ports: [{port: 80}]}}""").body();
            assertThat(made.path("spec")).isEqualTo(YAML.readTree("""
                    clusterIP: None
                    clusterIPs: [None]
                    selector: {app: parity}
                    ports: [{port: 80, protocol: TCP, targetPort: 80}]
                    type: ClusterIP
                    sessionAffinity: None
                    ipFamilies: [IPv4]
                    ipFamilyPolicy: SingleStack
                    internalTrafficPolicy: Cluster
                    """));
        }
    }

    private static String pod(String spec) {
        return "{apiVersion: v1, kind: Pod, metadata: {name: parity}, spec: " + spec + "}";
    }

    private static String deployment(int replicas) {
        return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: parity}, spec: {replicas: " + replicas
                + ", selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: " + DECLARED
                + "}}}";
    }
}
