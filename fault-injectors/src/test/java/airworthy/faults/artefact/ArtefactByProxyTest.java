package airworthy.faults.artefact;

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
import airworthy.model.Fault.CorruptDownload.Where;
import airworthy.model.Fault.SlowDownload.Pace;
import airworthy.model.Layer;
import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.model.Restoration;
import airworthy.model.Share;
import airworthy.model.Slo;
import airworthy.model.Target;
import airworthy.model.WorkloadRef;
import airworthy.probes.kubernetes.DeviceProbe;
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

class ArtefactByProxyTest {
    private static final RunMark MARK = new RunMark("7f3a", "ops@example.com", Instant.parse("2026-11-21T16:00:00Z"));
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/team-a/deployments/chat";
    private static final Optional<PlatformProfile.Artefact> ARTEFACT = Optional.of(new PlatformProfile.Artefact(
            "MODEL_STORE", URI.create("http://model-store.models:8081"), "model-revision"));
    private static final String CHAT = """
        {"metadata": {"name": "chat", "namespace": "team-a", "uid": "d",
          "labels": {"owner": "chat-models", "app.kubernetes.io/instance": "argo"},
          "annotations": {"a8r.io/owner": "ml", "deployment.kubernetes.io/revision": "4",
            "argocd.argoproj.io/tracking-id": "x"}},
         "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "chat"}}, "template": {
          "metadata": {"labels": {"app": "chat", "owner": "chat-models", "model-revision": "r1"},
            "annotations": {"prometheus.io/scrape": "true"}},
          "spec": {"terminationGracePeriodSeconds": 30,
           "resourceClaims": [{"name": "gpu", "resourceClaimTemplateName": "chat-gpu"}],
           "volumes": [{"name": "tmp", "emptyDir": {}}],
           "containers": [{"name": "server", "image": "vllm", "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],
            "env": [{"name": "A", "value": "b"},
                    {"name": "MODEL_STORE", "value": "http://model-store.models:8081/team-a"}]}]}}}}
        """;

    @Test
    void theProxyIsReadyAndCutsBeforeTheCopyIsMade() throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            Planning.Planned planned = planned(api);

            assertThat(planned.changes().stream().map(Change::describe))
                    .satisfiesExactly(
                            proxy -> assertThat(proxy).startsWith("create Pod team-a/airworthy-7f3a-"),
                            store -> assertThat(store).contains("create Service", "-store once Pod", "is ready"),
                            lever -> assertThat(lever).contains("admin/levers/downloadKeepPercent to 60.0 (was 100.0)"),
                            twin -> assertThat(twin).startsWith("create Deployment team-a/airworthy-7f3a-"));
            assertThat(planned.touches()).containsOnly(Layer.WORKLOAD, Layer.CLIENT);
            assertThat(planned.namespaces()).containsOnly("team-a");
            assertThat(planned.devices()).isEqualTo(2);
            assertThat(ArtefactByProxy.downloads(planned))
                    .hasValueSatisfying(page -> assertThat(page.getPath())
                            .startsWith("/api/v1/namespaces/team-a/pods/airworthy-7f3a-")
                            .endsWith("-proxy:8001/proxy/admin/downloads"));
        }
    }

    @Test
    void whatBecomesOfDownloadsIsALeverOfTheProxy() throws InterruptedException {
        assertThat(levers(new Fault.CorruptDownload(Where.TENSOR_DATA, 3)))
                .containsExactly("downloadFlipTensorsOnly to 1.0 (was 0.0)", "downloadFlippedBits to 3.0 (was 0.0)");
        assertThat(levers(new Fault.CorruptDownload(Where.ANYWHERE, 3)))
                .containsExactly("downloadFlippedBits to 3.0 (was 0.0)");
        assertThat(levers(new Fault.MissingDownload())).containsExactly("downloadMissing to 1.0 (was 0.0)");
        assertThat(levers(new Fault.WrongDigest())).containsExactly("downloadOtherDigest to 1.0 (was 0.0)");
        assertThat(levers(new Fault.SlowDownload(new Pace.TimesAsLong(5))))
                .containsExactly("downloadTimesAsLong to 5.0 (was 1.0)");
        assertThat(levers(new Fault.SlowDownload(new Pace.AtMost(7))))
                .containsExactly("downloadBytesPerSecond to 7.0 (was 0.0)");
    }

    private static List<String> levers(Fault fault) throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            if (plan(api, Optional.of("proxy:1"), ARTEFACT, fault) instanceof Planning.Planned planned) {
                assertThat(ArtefactByProxy.downloads(planned)).isPresent();
                return planned.changes().stream()
                        .map(Change::describe)
                        .filter(change -> change.contains("/admin/levers/"))
                        .map(change -> change.replaceFirst(".*/admin/levers/", ""))
                        .toList();
            }
            throw new AssertionError("not planned: " + fault);
        }
    }

    @Test
    void theCopyIsOneReplicaThatServicesSelectAndThatFetchesThroughTheProxy() throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            Planning.Planned planned = planned(api);
            JsonNode service =
                    manifest(((Change.CreateObjectOnceReady) planned.changes().get(1)).creation());
            JsonNode twin = manifest(planned.changes().getLast());
            JsonNode labels = twin.at("/spec/template/metadata/labels");

            assertThat(twin.at("/spec/replicas").asInt()).isEqualTo(1);
            assertThat(labels.path("app").asText()).isEqualTo("chat");
            assertThat(labels.path("owner").asText()).isEqualTo("chat-models");
            assertThat(labels.path("model-revision").asText()).isEqualTo("aw-7f3a");
            assertThat(labels.path("airworthy/run").asText()).isEqualTo("7f3a");
            assertThat(twin.at("/spec/selector/matchLabels").properties())
                    .singleElement()
                    .satisfies(only -> assertThat(labels.path(only.getKey())).isEqualTo(only.getValue()));
            assertThat(planned.twin()).hasValueSatisfying(named -> {
                assertThat(named.revision()).isEqualTo("aw-7f3a");
                assertThat(labels.path("airworthy/part").asText()).isEqualTo(named.part());
                assertThat(twin.at("/metadata/name").asText()).isEqualTo(named.name());
            });
            assertThat(twin.at("/spec/template/spec/containers/0/env/0/value").asText())
                    .isEqualTo("b");
            assertThat(twin.at("/spec/template/spec/containers/0/env/1/value").asText())
                    .isEqualTo("http://" + service.at("/metadata/name").asText() + ".team-a:8000/team-a");
            assertThat(manifest(planned.changes().getFirst())
                            .at("/spec/containers/0/args")
                            .toString())
                    .contains("\"--upstream\",\"model-store.models:8081\"", "\"--live-traffic\"");
        }
    }

    @Test
    void theCopyNamesItsOwnersAndNobodyWhoWouldTakeItForHisOwn() throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            JsonNode metadata = manifest(planned(api).changes().getLast()).path("metadata");

            assertThat(metadata.at("/labels/owner").asText()).isEqualTo("chat-models");
            assertThat(metadata.path("annotations").path("a8r.io/owner").asText())
                    .isEqualTo("ml");
            assertThat(metadata.toString()).doesNotContain("argo", "deployment.kubernetes.io");
        }
    }

    @Test
    void nothingOnTheClusterTellsWhatItIsFor() throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            for (Change change : planned(api).changes()) {
                if (change instanceof Change.CreateObject create) {
                    assertThat(create.manifest().replace("RuntimeDefault", "").toLowerCase(Locale.ROOT))
                            .doesNotContain("truncat", "fault", "chaos", "srv-2", "keep");
                }
            }
        }
    }

    @Test
    void allThatIsMadeIsTakenBack() throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            List<Change> onCluster = planned(api).changes().stream()
                    .filter(change -> !(change instanceof Change.PullLever))
                    .toList();
            KubernetesActuator actuator = new KubernetesActuator(api.connection());
            for (Change change : onCluster) {
                if (change instanceof Change.CreateObjectOnceReady late) {
                    becomesReady(api, late.pod());
                }
                assertThat(actuator.apply(change)).isInstanceOf(Applied.Done.class);
            }
            for (Change change : onCluster.reversed()) {
                assertThat(actuator.restore(change.undo())).isInstanceOf(Restoration.Restored.class);
            }
            assertThat(api.at(DEPLOYMENT)).isPresent();
            assertThat(api.at(podPath(((Change.CreateObject) onCluster.getFirst()).object())))
                    .isEmpty();
        }
    }

    @Test
    void aProxyThatDoesNotBecomeReadyIsLedToByNothing() throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            assertThat(new KubernetesActuator(api.connection())
                            .apply(planned(api).changes().get(1)))
                    .isInstanceOfSatisfying(
                            Applied.Failed.class,
                            failed -> assertThat(failed.why()).contains("is not there", "was not created"));
        }
    }

    @Test
    void whatTheProfileLacksIsTold() throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            assertThat(why(plan(api, Optional.empty(), ARTEFACT))).contains("harness.image");
            assertThat(why(plan(api, Optional.of("proxy:1"), Optional.empty())))
                    .contains("does not say where chat gets its model from", "add artefact: { env:", "under inference");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"MODEL_STORE\" | \"STORE\" | no container has a variable MODEL_STORE",
                "http://model-store.models:8081/team-a | s3://bucket | expected an address that begins with http://model",
                "\"model-revision\": \"r1\" | \"x\": \"y\" | have no label model-revision",
                "\"resourceClaimTemplateName\" | \"resourceClaimName\" | claim chat-gpu is shared",
                "\"emptyDir\": {} | \"persistentVolumeClaim\": {\"claimName\": \"c\"} | volume tmp is shared",
            })
    void aWorkloadOfWhichNoCopyMayBeMadeIsLeftAlone(String from, String to, String why) throws InterruptedException {
        assertThat(CHAT).contains(from);
        try (ToyApi api = cluster(CHAT.replace(from, to))) {
            assertThat(why(plan(api, Optional.of("proxy:1"), ARTEFACT))).contains(why);
        }
    }

    @Test
    void aSharedVolumeThatNobodyWritesToIsNoObstacle() throws InterruptedException {
        String readOnly = CHAT.replace("\"emptyDir\": {}", "\"persistentVolumeClaim\": {\"claimName\": \"c\"}")
                .replace("\"mountPath\": \"/tmp\"", "\"mountPath\": \"/tmp\", \"readOnly\": true");
        try (ToyApi api = cluster(readOnly)) {
            assertThat(planned(api).devices()).isEqualTo(2);
        }
    }

    @Test
    void aCopyForWhichNoDeviceIsFreeIsNotPlanned() throws InterruptedException {
        try (ToyApi api = cluster(CHAT)) {
            api.put("/apis/resource.k8s.io/v1/resourceslices/s", slice("gpu-0"));

            assertThat(plan(api, Optional.of("proxy:1"), ARTEFACT))
                    .isInstanceOfSatisfying(
                            Planning.Refused.class,
                            refused -> assertThat(refused.why())
                                    .contains("class gpu: found 1 free devices, expected at least 2"));
        }
    }

    private static String why(Planning planning) {
        return switch (planning) {
            case Planning.NotApplicable(String why) -> why;
            case Planning.Refused(String why) -> why;
            case Planning.Planned planned -> "planned: " + planned;
        };
    }

    private static Planning.Planned planned(ToyApi api) throws InterruptedException {
        if (plan(api, Optional.of("proxy:1"), ARTEFACT) instanceof Planning.Planned planned) {
            return planned;
        }
        throw new AssertionError("not planned: " + plan(api, Optional.of("proxy:1"), ARTEFACT));
    }

    private static Planning plan(ToyApi api, Optional<String> image, Optional<PlatformProfile.Artefact> artefact)
            throws InterruptedException {
        return plan(api, image, artefact, new Fault.TruncatedDownload(new Share(0.6)));
    }

    private static Planning plan(
            ToyApi api, Optional<String> image, Optional<PlatformProfile.Artefact> artefact, Fault fault)
            throws InterruptedException {
        Target target = new Target(
                "team-a/deployment/chat",
                Map.of(Dimension.NAMESPACE, "team-a"),
                Map.of(),
                Optional.of("chat"),
                Optional.empty(),
                List.of());
        return new ArtefactByProxy(api.connection(), new DeviceProbe(api.connection()), profile(image, artefact))
                .plan(new Assignment(fault, target, Optional.empty(), MARK));
    }

    private static PlatformProfile profile(Optional<String> image, Optional<PlatformProfile.Artefact> artefact) {
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
                        URI.create("http://chat.team-a/v1"),
                        "m",
                        Optional.empty(),
                        8000,
                        new Slo(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        artefact)),
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

    private static ToyApi cluster(String deployment) {
        ToyApi api = new ToyApi();
        api.put(DEPLOYMENT, deployment);
        api.put("/apis/resource.k8s.io/v1/namespaces/team-a/resourceclaimtemplates/chat-gpu", """
            {"metadata": {"name": "chat-gpu", "namespace": "team-a"}, "spec": {"spec": {"devices": {"requests": [
              {"name": "gpu", "exactly": {"deviceClassName": "gpu", "count": 2}}]}}}}
            """);
        api.put("/apis/resource.k8s.io/v1/deviceclasses/gpu", """
            {"metadata": {"name": "gpu"}, "spec": {"selectors": [{"cel": {"expression": "device.driver == 'gpu'"}}]}}
            """);
        api.put("/apis/resource.k8s.io/v1/resourceslices/s", slice("gpu-0", "gpu-1"));
        return api;
    }

    private static String slice(String... devices) {
        String listed = String.join("\"}, {\"name\": \"", devices);
        return """
            {"metadata": {"name": "s"}, "spec": {"driver": "gpu", "nodeName": "n",
             "pool": {"name": "n", "generation": 1, "resourceSliceCount": 1}, "devices": [{"name": "%s"}]}}
            """.formatted(listed);
    }

    private static JsonNode manifest(Change change) {
        return JsonValue.parse(((Change.CreateObject) change).manifest()).node();
    }

    private static void becomesReady(ToyApi api, ObjectRef pod) {
        JsonNode made = api.at(podPath(pod)).orElseThrow();
        api.put(
                podPath(pod),
                made.toString()
                        .replaceFirst(
                                "^\\{",
                                "{\"status\": {\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]},"));
    }

    private static String podPath(ObjectRef pod) {
        return "/api/v1/namespaces/team-a/pods/" + pod.name();
    }
}
