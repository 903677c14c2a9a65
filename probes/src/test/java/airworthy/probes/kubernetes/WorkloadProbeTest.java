package airworthy.probes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkloadProbeTest {
    private static final String CLUSTER = """
        {apiVersion: v1, kind: Namespace, metadata: {name: team-a, labels: {team: infra}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: chat, namespace: team-a, uid: d1, labels: {owner: ml}, annotations: {note: hello}}
        ---
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: chat-1, namespace: team-a, uid: r1, ownerReferences: [{uid: d1, controller: true}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: chat-1-b, namespace: team-a, uid: p2, ownerReferences: [{uid: r1}]}
        status: {phase: Running, podIP: 10.0.0.2, conditions: [{type: Ready, status: "False"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: chat-1-a, namespace: team-a, uid: p1, labels: {app: chat}, ownerReferences: [{uid: r1}]}
        spec: {nodeName: gpu-1}
        status: {phase: Running, podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: chat-1-evicted, namespace: team-a, uid: p3, ownerReferences: [{uid: r1}]}
        status: {phase: Failed}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: stranger, namespace: team-a, uid: p4, labels: {app: chat}}
        status: {phase: Running}
        ---
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: store, namespace: team-a, uid: s1}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: store-0, namespace: team-a, ownerReferences: [{uid: s1}]}}
        """;

    @Test
    void theReplicasOfADeploymentAreFoundByOwnershipAndNotByLabels() throws Exception {
        Workload chat = read("team-a/deployment/chat");

        assertThat(chat.replicas()).extracting(Replica::name).containsExactly("chat-1-a", "chat-1-b");
        assertThat(chat.replicas()).extracting(Replica::ready).containsExactly(true, false);
        assertThat(chat.replicas()).extracting(Replica::node).containsExactly(Optional.of("gpu-1"), Optional.empty());
        assertThat(chat.replicas().getFirst().metadata().value("app")).contains("chat");
    }

    @Test
    void whatIsWrittenOnControllerAndNamespaceIsRead() throws Exception {
        Workload chat = read("team-a/deployment/chat");

        assertThat(chat.controller().value("owner")).contains("ml");
        assertThat(chat.controller().value("note")).contains("hello");
        assertThat(chat.namespace().value("team")).contains("infra");
    }

    @Test
    void aStatefulSetOwnsItsPodsItself() throws Exception {
        assertThat(read("team-a/statefulset/store").replicas())
                .extracting(Replica::name)
                .isEqualTo(List.of("store-0"));
    }

    @Test
    void aWorkloadThatIsNotThereIsAbsentAndAnUnknownKindIsUnreadable() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            WorkloadProbe probe = new WorkloadProbe(api.connection());

            assertThat(probe.workload(WorkloadRef.parse("team-a/deployment/none")))
                    .isInstanceOf(Reading.Absent.class);
            assertThat(probe.workload(WorkloadRef.parse("team-a/gadget/none"))).isInstanceOf(Reading.Unreadable.class);
        }
    }

    @Test
    void podsThatMayNotBeListedMakeTheWorkloadUnreadable() throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            api.answer("/api/v1/namespaces/team-a/pods", 403, "{\"kind\": \"Status\", \"message\": \"forbidden\"}");

            assertThat(new WorkloadProbe(api.connection()).workload(WorkloadRef.parse("team-a/deployment/chat")))
                    .isInstanceOf(Reading.Unreadable.class);
        }
    }

    private static Workload read(String ref) throws Exception {
        try (CannedApi api = new CannedApi(CLUSTER)) {
            if (new WorkloadProbe(api.connection()).workload(WorkloadRef.parse(ref))
                    instanceof Reading.Present<Workload>(Workload workload)) {
                return workload;
            }
            throw new AssertionError(ref + " cannot be read");
        }
    }
}
