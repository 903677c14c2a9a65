package airworthy.faults.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.faults.Applied;
import airworthy.faults.Assignment;
import airworthy.faults.JsonValue;
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
import airworthy.model.Undo;
import airworthy.model.WorkloadRef;
import airworthy.probes.kubernetes.WorkloadProbe;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficByProxyTest {
    private static final RunMark MARK = new RunMark("7f3a", "ops@example.com", Instant.parse("2026-11-21T16:00:00Z"));
    private static final String SPACE = "/api/v1/namespaces/team-a/";
    private static final String SERVICE = """
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "chat", "namespace": "team-a"},
         "spec": {"selector": {"app": "chat"}, "clusterIP": "10.0.0.7", "ports": [{"port": 80, "targetPort": 8000}]}}
        """;

    @Test
    void theProxyIsMadeBeforeTheServiceIsSwitchedAndTheLeverComesLast() throws InterruptedException {
        try (ToyApi api = cluster()) {
            Planning.Planned planned = planned(api);

            assertThat(planned.changes().stream().map(TrafficByProxyTest::kind))
                    .containsExactly("create Service", "create Pod", "switch once ready", "lever");
            assertThat(planned.touches()).containsOnly(Layer.CLIENT);
            assertThat(planned.namespaces()).containsOnly("team-a");
            assertThat(planned.devices()).isZero();
            assertThat(TrafficByProxy.through(planned)).contains(new TrafficByProxy.Through("team-a", "chat", 80));
        }
    }

    @Test
    void theProxyLeadsOnToWhereTheServiceLed() throws InterruptedException {
        try (ToyApi api = cluster()) {
            List<Change> changes = planned(api).changes();
            Change.CreateObject upstream = (Change.CreateObject) changes.get(0);
            JsonNode service = JsonValue.parse(upstream.manifest()).node();
            JsonNode pod = manifest(changes.get(1));
            Change.SetField field = ((Change.SetFieldOnceReady) changes.get(2)).field();

            assertThat(service.at("/spec/selector").toString()).isEqualTo("{\"app\":\"chat\"}");
            assertThat(field.prior()).isEqualTo("{\"app\":\"chat\"}");
            assertThat(service.at("/spec/ports/0/targetPort").asInt()).isEqualTo(8000);
            assertThat(pod.at("/spec/containers/0/args").toString())
                    .contains("\"--upstream\",\"" + upstream.object().name() + ":80\"")
                    .contains("\"--listen\",\"0.0.0.0:8000\"")
                    .contains("\"--marker\",\"x-airworthy-run: 7f3a\"")
                    .contains("\"--expires\",\"2026-11-21T16:00:00Z\"")
                    .doesNotContain("live-traffic");
            JsonValue.parse(field.ours())
                    .node()
                    .forEachEntry((key, value) -> assertThat(
                                    pod.at("/metadata/labels").path(key).asText())
                            .isEqualTo(value.asText()));
            assertThat(((Change.PullLever) changes.get(3)).lever().getPath())
                    .isEqualTo(SPACE + "pods/" + pod.at("/metadata/name").asText()
                            + ":8001/proxy/admin/levers/tokenDelayFactor");
        }
    }

    @Test
    void theProxysPodAsksForNoRightsAndTellsWhoseItIs() throws InterruptedException {
        try (ToyApi api = cluster()) {
            JsonNode pod = manifest(planned(api).changes().get(1));

            assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/spec/containers/0/securityContext/capabilities/drop/0")
                            .asText())
                    .isEqualTo("ALL");
            assertThat(pod.at("/spec/containers/0/resources/limits").size()).isEqualTo(2);
            assertThat(pod.at("/spec/containers/0/readinessProbe/httpGet/path").asText())
                    .isEqualTo("/admin/ready");
            assertThat(pod.at("/metadata/labels").path(RunMark.RUN_LABEL).asText())
                    .isEqualTo("7f3a");
            assertThat(pod.at("/metadata/annotations").toString()).contains("ops@example.com");
            assertThat(pod.toString().replace("RuntimeDefault", "").toLowerCase(Locale.ROOT))
                    .doesNotContain("slow", "fault", "chaos", "srv-4");
        }
    }

    @Test
    void liveTrafficIsDisturbedOnlyWithConsent() throws InterruptedException {
        try (ToyApi api = cluster()) {
            Planning.Planned planned = (Planning.Planned) plan(api, Optional.of("proxy:1"), true, whole());

            assertThat(manifest(planned.changes().get(1))
                            .at("/spec/containers/0/args")
                            .toString())
                    .contains("--live-traffic")
                    .doesNotContain("--marker");
        }
    }

    @Test
    void allThatIsMadeIsTakenBack() throws InterruptedException {
        try (ToyApi api = cluster()) {
            String before = selector(api);
            List<Change> onCluster = planned(api).changes().subList(0, 3);
            KubernetesActuator actuator = new KubernetesActuator(api.connection());
            for (Change change : onCluster) {
                if (change instanceof Change.SetFieldOnceReady late) {
                    becomesReady(api, late.pod());
                }
                assertThat(actuator.apply(change)).isInstanceOf(Applied.Done.class);
            }
            assertThat(selector(api)).isNotEqualTo(before);

            for (Undo undo : onCluster.reversed().stream().map(Change::undo).toList()) {
                assertThat(actuator.restore(undo)).isInstanceOf(Restoration.Restored.class);
            }

            assertThat(selector(api)).isEqualTo(before);
            for (Change change : onCluster.subList(0, 2)) {
                ObjectRef made = ((Change.CreateObject) change).object();
                assertThat(api.at(path(made))).as(made.toString()).isEmpty();
            }
        }
    }

    @Test
    void aReplicaWithAServiceOfItsOwnIsReached() throws InterruptedException {
        try (ToyApi api = cluster()) {
            api.put(
                    SPACE + "services/chat-0",
                    SERVICE.replace("\"name\": \"chat\"", "\"name\": \"chat-0\"")
                            .replace("{\"app\": \"chat\"}", "{\"app\": \"chat\", \"pod\": \"chat-0\"}"));

            assertThat(plan(api, Optional.of("proxy:1"), false, replica("chat-0")))
                    .isInstanceOfSatisfying(
                            Planning.Planned.class,
                            planned -> assertThat(TrafficByProxy.through(planned))
                                    .map(TrafficByProxy.Through::service)
                                    .contains("chat-0"));
        }
    }

    @Test
    void aReplicaBehindASharedServiceIsNotReached() throws InterruptedException {
        try (ToyApi api = cluster()) {
            assertThat(plan(api, Optional.of("proxy:1"), false, replica("chat-0")))
                    .isInstanceOfSatisfying(
                            Planning.NotApplicable.class,
                            none -> assertThat(none.why())
                                    .contains("exactly [chat-0]", "Service chat selects [chat-0, chat-1]")
                                    .contains("picks pods by itself"));
        }
    }

    @Test
    void withoutAnImageThereIsNoProxy() throws InterruptedException {
        try (ToyApi api = cluster()) {
            assertThat(plan(api, Optional.empty(), false, whole()))
                    .isInstanceOfSatisfying(
                            Planning.NotApplicable.class,
                            none -> assertThat(none.why()).contains("no image for the proxy", "harness.image"));
        }
    }

    @Test
    void ofTwoServicesTheOneThatTheProfileAsksIsTaken() throws InterruptedException {
        try (ToyApi api = cluster()) {
            api.put(SPACE + "services/again", SERVICE.replace("\"name\": \"chat\"", "\"name\": \"again\""));

            assertThat(TrafficByProxy.through(planned(api)))
                    .map(TrafficByProxy.Through::service)
                    .contains("chat");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"labels\": {\"argocd.argoproj.io/instance\": \"x\"} | it carries argocd.argoproj.io/instance",
                "\"annotations\": {\"argocd.argoproj.io/tracking-id\": \"x\"} | it carries"
                        + " argocd.argoproj.io/tracking-id",
                "\"labels\": {\"kustomize.toolkit.fluxcd.io/name\": \"x\"} | it carries"
                        + " kustomize.toolkit.fluxcd.io/name",
                "\"managedFields\": [{\"manager\": \"argocd-controller\"}] | managed by argocd-controller",
                "\"managedFields\": [{\"manager\": \"kubectl\"}, {\"manager\": \"helm-controller\"}] | by"
                        + " helm-controller",
                "\"ownerReferences\": [{\"kind\": \"LLMService\", \"name\": \"x\"}] | it is owned by LLMService x",
            })
    void aServiceThatSomebodyKeepsIsRefused(String metadata, String why) throws InterruptedException {
        try (ToyApi api = cluster()) {
            api.put(SPACE + "services/chat", SERVICE.replace("\"metadata\": {", "\"metadata\": {" + metadata + ", "));

            assertThat(plan(api, Optional.of("proxy:1"), false, whole()))
                    .isInstanceOfSatisfying(
                            Planning.Refused.class,
                            refused -> assertThat(refused.why())
                                    .contains("Service team-a/chat", why, "put its selector back"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"clusterIP\": \"10.0.0.7\" | \"clusterIP\": \"None\" | headless",
                "{\"port\": 80, \"targetPort\": 8000} | {\"port\": 80}, {\"port\": 9090} | 2 ports",
                "\"targetPort\": 8000 | \"targetPort\": 443 | only root",
                "\"targetPort\": 8000 | \"targetPort\": 8000, \"appProtocol\": \"https\" | TCP https",
            })
    void aServiceBehindWhichNobodyCanStandIsNotReached(String from, String to, String why) throws InterruptedException {
        try (ToyApi api = cluster()) {
            assertThat(SERVICE).contains(from);
            api.put(SPACE + "services/chat", SERVICE.replace(from, to));

            assertThat(plan(api, Optional.of("proxy:1"), false, whole()))
                    .isInstanceOfSatisfying(
                            Planning.NotApplicable.class,
                            none -> assertThat(none.why()).contains(why));
        }
    }

    @Test
    void aTargetPortWithANameFindsTheProxyByIt() throws InterruptedException {
        try (ToyApi api = cluster()) {
            api.put(SPACE + "services/chat", SERVICE.replace("\"targetPort\": 8000", "\"targetPort\": \"http\""));

            assertThat(manifest(planned(api).changes().get(1))
                            .at("/spec/containers/0/ports/0/name")
                            .asText())
                    .isEqualTo("http");
        }
    }

    private static Planning.Planned planned(ToyApi api) throws InterruptedException {
        if (plan(api, Optional.of("proxy:1"), false, whole()) instanceof Planning.Planned planned) {
            return planned;
        }
        throw new AssertionError("not planned: " + plan(api, Optional.of("proxy:1"), false, whole()));
    }

    private static Planning plan(ToyApi api, Optional<String> image, boolean live, Target target)
            throws InterruptedException {
        return new TrafficByProxy(api.connection(), new WorkloadProbe(api.connection()), profile(image, live))
                .plan(new Assignment(new Fault.SlowTokens(5), target, Optional.empty(), MARK));
    }

    private static Target whole() {
        return target(Optional.empty());
    }

    private static Target replica(String name) {
        return target(Optional.of(name));
    }

    private static Target target(Optional<String> replica) {
        return new Target(
                "team-a/deployment/chat",
                Map.of(Dimension.NAMESPACE, "team-a"),
                Map.of(),
                Optional.of("chat"),
                replica,
                List.of());
    }

    private static PlatformProfile profile(Optional<String> image, boolean live) {
        return new PlatformProfile(
                "test",
                "test",
                Map.of(),
                Optional.empty(),
                new PlatformProfile.Consent(Set.of("team-a"), 0, 0, false, false, false, live),
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
                new PlatformProfile.HarnessImages(image, "pause"),
                Set.of(),
                1);
    }

    /** A model of two replicas behind one Service, and a pod that is somebody else's. */
    private static ToyApi cluster() {
        ToyApi api = new ToyApi();
        api.put("/api/v1/namespaces/team-a", "{\"metadata\": {\"name\": \"team-a\"}}");
        api.put("/apis/apps/v1/namespaces/team-a/deployments/chat", """
            {"metadata": {"name": "chat", "namespace": "team-a", "uid": "d"}}
            """);
        api.put("/apis/apps/v1/namespaces/team-a/replicasets/chat-1", """
            {"metadata": {"name": "chat-1", "namespace": "team-a", "uid": "r", "ownerReferences": [{"uid": "d"}]}}
            """);
        for (String name : List.of("chat-0", "chat-1")) {
            api.put(SPACE + "pods/" + name, """
                {"metadata": {"name": "%s", "namespace": "team-a", "labels": {"app": "chat", "pod": "%s"},
                 "ownerReferences": [{"uid": "r"}]}, "status": {"phase": "Running"}}
                """.formatted(name, name));
        }
        api.put(SPACE + "pods/other", """
            {"metadata": {"name": "other", "namespace": "team-a", "labels": {"app": "other"}}}
            """);
        api.put(SPACE + "services/chat", SERVICE);
        return api;
    }

    private static void becomesReady(ToyApi api, ObjectRef pod) {
        JsonNode made = api.at(path(pod)).orElseThrow();
        api.put(
                path(pod),
                made.toString()
                        .replaceFirst(
                                "^\\{",
                                "{\"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]},"));
    }

    private static String path(ObjectRef object) {
        return SPACE + object.kind().toLowerCase(Locale.ROOT) + "s/" + object.name();
    }

    private static String selector(ToyApi api) {
        return api.at(SPACE + "services/chat")
                .orElseThrow()
                .at("/spec/selector")
                .toString();
    }

    private static JsonNode manifest(Change change) {
        return JsonValue.parse(((Change.CreateObject) change).manifest()).node();
    }

    private static String kind(Change change) {
        return switch (change) {
            case Change.CreateObject create -> "create " + create.object().kind();
            case Change.CreateObjectOnceReady late -> kind(late.creation()) + " once ready";
            case Change.SetFieldOnceReady _ -> "switch once ready";
            case Change.PullLeverOnceReady _ -> "lever once ready";
            case Change.SetField _ -> "switch";
            case Change.PullLever _ -> "lever";
            case Change.SendLoad _ -> "load";
        };
    }
}
