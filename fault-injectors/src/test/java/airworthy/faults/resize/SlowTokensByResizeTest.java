package airworthy.faults.resize;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.faults.Assignment;
import airworthy.faults.Planning;
import airworthy.faults.RunMark;
import airworthy.faults.kubernetes.KubernetesActuator;
import airworthy.faults.kubernetes.ToyApi;
import airworthy.model.Change;
import airworthy.model.Dimension;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.model.Restoration;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.inference.TokenCost;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An engine whose tokens come every 4 ms and take 2 ms of a processor; the fault asks for 20 times. */
class SlowTokensByResizeTest {
    private static final RunMark MARK = new RunMark("7f3a", "ops@example.com", Instant.parse("2026-11-21T16:00:00Z"));
    private static final String POD = "/api/v1/namespaces/team-a/pods/chat-0";
    private static final String VPA = "/apis/autoscaling.k8s.io/v1/namespaces/team-a/verticalpodautoscalers/chat";
    private static final String BURSTABLE =
            "{\"limits\":{\"cpu\":\"2\"},\"requests\":{\"cpu\":\"150m\",\"memory\":\"1Gi\"}}";

    private final ToyApi api = new ToyApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void oneContainerOfOnePodGetsLessAndNothingElseChanges() throws InterruptedException {
        api.put(POD, pod(BURSTABLE));

        Planning.Planned planned = (Planning.Planned) plan(cost(2_000), replica());

        assertThat(planned.changes())
                .containsExactly(new Change.SetField(
                        new ObjectRef("v1", "Pod", Optional.of("team-a"), "chat-0"),
                        "/spec/containers/0/resources",
                        "{\"limits\":{\"cpu\":\"16m\"},\"requests\":{\"cpu\":\"15m\",\"memory\":\"1Gi\"}}",
                        BURSTABLE));
        assertThat(planned.touches()).containsOnly(Layer.CLIENT, Layer.ENGINE_METRICS, Layer.WORKLOAD);
        assertThat(planned.namespaces()).containsOnly("team-a");
        assertThat(planned.devices()).isZero();
    }

    @Test
    void aPodWhoseRequestIsItsLimitKeepsItsClassOfService() throws InterruptedException {
        String guaranteed =
                "{\"limits\":{\"cpu\":\"4\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"4\",\"memory\":\"1Gi\"}}";
        api.put(POD, pod(guaranteed));

        assertThat(ours()).isEqualTo(guaranteed.replace("\"cpu\":\"4\"", "\"cpu\":\"16m\""));
    }

    @Test
    void aRequestBelowTheNewLimitStays() throws InterruptedException {
        api.put(POD, pod(BURSTABLE.replace("150m", "10m")));

        assertThat(ours()).contains("\"limits\":{\"cpu\":\"16m\"}", "\"requests\":{\"cpu\":\"10m\"");
    }

    @Test
    void ofSeveralContainersTheOneThatServesIsTaken() throws InterruptedException {
        api.put(POD, pod(BURSTABLE).replace("[{\"name\": \"engine\"", """
            [{"name": "sidecar", "ports": [{"containerPort": 15001}]}, {"name": "engine"
            """.strip()));

        assertThat(((Change.SetField) changes().getFirst()).pointer()).isEqualTo("/spec/containers/1/resources");
    }

    @Test
    void allThatIsMadeIsTakenBack() throws InterruptedException {
        api.put(POD, pod(BURSTABLE));
        String before = api.at(POD).orElseThrow().get("spec").toString();
        Change change = changes().getFirst();
        KubernetesActuator actuator = new KubernetesActuator(api.connection());

        assertThat(actuator.apply(change)).isInstanceOf(Applied.Done.class);
        assertThat(api.at(POD).orElseThrow().get("spec").toString()).isNotEqualTo(before);
        assertThat(actuator.restore(change.undo())).isInstanceOf(Restoration.Restored.class);
        assertThat(api.at(POD).orElseThrow().get("spec").toString()).isEqualTo(before);
    }

    /** What stands in the pod in place of what fits, and why there is no plan then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"limits\":{\"cpu\":\"2\"} | \"limits\":{\"memory\":\"2Gi\"} | no CPU limit",
                "\"limits\":{\"cpu\":\"2\"} | \"limits\":{\"cpu\":\"10m\"} | CPU limit of 10m",
                "\"limits\":{\"cpu\":\"2\"} | \"limits\":{\"cpu\":\"2\"}, \"claims\":[{\"name\":\"gpu\"}] | holds resource claims",
                "\"resizePolicy\": [] | \"resizePolicy\": [{\"resourceName\": \"cpu\", \"restartPolicy\":"
                        + " \"RestartContainer\"}] | restarted for it",
                "\"Running\" | \"Pending\" | does not run: phase Pending",
                "\"containerStatuses\" | \"formerly\" | does not tell what it gives",
                "\"containers\" | \"resources\": {\"limits\": {\"cpu\": \"4\"}}, \"containers\" | a size of its own",
                "\"containers\": [ | \"containers\": [{\"name\": \"other\", \"ports\": [{\"containerPort\": 8000}]}, |"
                        + " more than one",
            })
    void aPodThatDoesNotFitIsLeftToOtherMechanisms(String found, String instead, String why)
            throws InterruptedException {
        assertThat(pod(BURSTABLE)).contains(found);
        api.put(POD, pod(BURSTABLE).replace(found, instead));

        assertThat(plan(cost(2_000), replica()))
                .isInstanceOfSatisfying(
                        Planning.NotApplicable.class,
                        none -> assertThat(none.why()).contains(why));
    }

    @Test
    void aServedModelAsAWholeIsLeftToOtherMechanisms() throws InterruptedException {
        api.put(POD, pod(BURSTABLE));

        assertThat(plan(cost(2_000), Optional.empty())).isInstanceOf(Planning.NotApplicable.class);
    }

    @Test
    void anOlderApiServerIsLeftToOtherMechanisms() throws InterruptedException {
        api.knowsNoResize();
        api.put(POD, pod(BURSTABLE));

        assertThat(plan(cost(2_000), replica()))
                .isInstanceOfSatisfying(
                        Planning.NotApplicable.class,
                        none -> assertThat(none.why()).contains("pods/resize"));
    }

    @Test
    void whereNobodyTellsWhatATokenCostsNoLimitIsGuessed() throws InterruptedException {
        api.put(POD, pod(BURSTABLE));

        assertThat(plan(new Reading.Absent<>("no tokens in the last 24 h"), replica()))
                .isEqualTo(new Planning.NotApplicable("no tokens in the last 24 h"));
        assertThat(plan(new Reading.Unreadable<>("Prometheus is down"), replica()))
                .isInstanceOfSatisfying(
                        Planning.NotApplicable.class,
                        none -> assertThat(none.why()).contains("Prometheus is down"));
    }

    @Test
    void anEngineThatHardlyUsesAProcessorIsLeftToOtherMechanisms() throws InterruptedException {
        api.put(POD, pod(BURSTABLE));

        assertThat(plan(cost(200), replica()))
                .isInstanceOfSatisfying(
                        Planning.NotApplicable.class,
                        none -> assertThat(none.why()).contains("0.20 ms of a processor"));
    }

    @Test
    void aPodThatAnOperatorOwnsIsRefused() throws InterruptedException {
        api.put(POD, pod(BURSTABLE).replace("\"ReplicaSet\"", "\"ModelServer\""));

        assertThat(plan(cost(2_000), replica()))
                .isInstanceOfSatisfying(
                        Planning.Refused.class,
                        refused ->
                                assertThat(refused.why()).contains("owned by ModelServer chat-1", "put its size back"));
    }

    @ParameterizedTest
    @CsvSource({"chat, InPlaceOrRecreate, true", "chat, Off, false", "chat, Initial, false", "other, Auto, false"})
    void aWorkloadThatIsSizedByAnAutoscalerIsRefused(String workload, String mode, boolean refused)
            throws InterruptedException {
        api.put(POD, pod(BURSTABLE));
        api.put(VPA, """
            {"metadata": {"name": "chat", "namespace": "team-a"},
             "spec": {"targetRef": {"kind": "Deployment", "name": "%s"}, "updatePolicy": {"updateMode": "%s"}}}
            """.formatted(workload, mode));

        Planning planning = plan(cost(2_000), replica());

        assertThat(planning).isInstanceOf(refused ? Planning.Refused.class : Planning.Planned.class);
    }

    private String ours() throws InterruptedException {
        return ((Change.SetField) changes().getFirst()).ours();
    }

    private List<Change> changes() throws InterruptedException {
        Planning planning = plan(cost(2_000), replica());
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        return ((Planning.Planned) planning).changes();
    }

    private Planning plan(Reading<TokenCost> cost, Optional<String> replica) throws InterruptedException {
        Target target = new Target(
                "team-a/deployment/chat",
                Map.of(Dimension.NAMESPACE, "team-a"),
                Map.of(),
                Optional.of("chat"),
                replica,
                List.of());
        return new SlowTokensByResize(api.connection(), (namespace, pod, container) -> cost, profile())
                .plan(new Assignment(new Fault.SlowTokens(20), target, Optional.empty(), MARK));
    }

    private static Reading<TokenCost> cost(long processorMicros) {
        return new Reading.Present<>(
                new TokenCost(Duration.ofNanos(processorMicros * 1_000), Duration.ofMillis(4), "told"));
    }

    private static Optional<String> replica() {
        return Optional.of("chat-0");
    }

    private static String pod(String size) {
        return """
            {"metadata": {"name": "chat-0", "namespace": "team-a",
              "ownerReferences": [{"kind": "ReplicaSet", "name": "chat-1", "uid": "r"}]},
             "spec": {"containers": [{"name": "engine", "ports": [{"containerPort": 8000}], "resizePolicy": [],
              "resources": %1$s}]},
             "status": {"phase": "Running", "containerStatuses": [{"name": "engine", "resources": %1$s}]}}
            """.formatted(size);
    }

    private static PlatformProfile profile() {
        return new PlatformProfile(
                "test",
                "test",
                Map.of(),
                Optional.empty(),
                new PlatformProfile.Consent(Set.of("team-a"), 0, 0, false, false, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new PlatformProfile.Inference(
                        "chat",
                        WorkloadRef.parse("team-a/deployment/chat"),
                        URI.create("http://chat.team-a.svc.cluster.local/v1"),
                        "m",
                        Optional.empty(),
                        8000,
                        new Slo(Duration.ofSeconds(1), Duration.ofSeconds(1)))),
                List.of(),
                List.of(),
                new PlatformProfile.Ownership(List.of(), Map.of(), Map.of()),
                new PlatformProfile.Alerts(Set.of(), Map.of(), Map.of()),
                Map.of(),
                PlatformProfile.Mocks.none(),
                new PlatformProfile.HarnessImages(Optional.empty(), "pause"),
                Set.of(),
                1);
    }
}
