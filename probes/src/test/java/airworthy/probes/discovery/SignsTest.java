package airworthy.probes.discovery;

import static airworthy.probes.stub.Readings.absent;
import static airworthy.probes.stub.Readings.present;
import static airworthy.probes.stub.Readings.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.model.Fidelity;
import airworthy.model.PlatformLayer;
import airworthy.probes.Reading;
import airworthy.probes.alertmanager.Routing;
import airworthy.probes.prometheus.AlertingRule;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read out of rules, routes and objects, and what is not. */
class SignsTest {

    private static AlertingRule rule(String name, String query, Map<String, String> labels, String summary) {
        return new AlertingRule(name, query, labels, Map.of("summary", summary));
    }

    @Test
    void labelsComeFromWhatRulesKeepMakeAddAndTell() {
        Findings.Alerts alerts = AlertSigns.of(
                List.of(
                        rule("A", "sum by (le, namespace, pod) (x) > 0", Map.of("tenant", "t"), "{{ $labels.node }}"),
                        rule("B", "label_replace(y, \"class\", \"$1\", \"resource\", \"(.+)\") >= 1", Map.of(), ""),
                        rule(
                                "C",
                                "z * on (pod) group_left (owner, model_name) w",
                                Map.of(),
                                "{{ $labels.modelName }}")),
                List.of("owner", "team"));

        assertThat(alerts.labels())
                .isEqualTo(Map.of(
                        Dimension.NAMESPACE, List.of("namespace"),
                        Dimension.REPLICA, List.of("pod"),
                        Dimension.TENANT, List.of("tenant"),
                        Dimension.NODE, List.of("node"),
                        Dimension.CLASS, List.of("class"),
                        Dimension.TEAM, List.of("owner"),
                        Dimension.MODEL, List.of("model_name")));
    }

    @Test
    void anAlertStandsForACauseOnlyIfItsRulesAgreeOnOneOfTheList() {
        Findings.Alerts alerts = AlertSigns.of(
                List.of(
                        rule("Known", "a > 0", Map.of("cause", "quota"), ""),
                        rule("Made up", "a > 0", Map.of("cause", "gremlins"), ""),
                        rule("Torn", "a > 0", Map.of("cause", "quota"), ""),
                        rule("Torn", "b > 0", Map.of("cause", "driver"), ""),
                        rule("Half", "a > 0", Map.of("cause", "quota"), ""),
                        rule("Half", "b > 0", Map.of(), ""),
                        rule("Watchdog", "vector(1)", Map.of(), ""),
                        rule("Always", "vector( 1 )", Map.of(), "")),
                List.of());

        assertThat(alerts.causes()).containsExactly(Map.entry("Known", Cause.QUOTA));
        assertThat(alerts.unknown()).containsExactly("Half", "Made up", "Torn");
        assertThat(alerts.heartbeats()).containsExactly("Always", "Watchdog");
    }

    private static final String OWNED = """
        kind: Namespace
        metadata: { name: a, labels: { team: ml } }
        ---
        kind: Namespace
        metadata: { name: monitoring, annotations: { a8r.io/owner: infra } }
        ---
        kind: Namespace
        metadata: { name: kube-system, labels: { owner: nobody } }
        ---
        kind: Deployment
        metadata: { name: chat, namespace: a, labels: { team: ml } }
        """;

    private static Routing routing() {
        return new Routing(
                List.of(
                        new Routing.Receiver("default", List.of("slack"), List.of()),
                        new Routing.Receiver("ml", List.of("pagerduty", "slack"), List.of()),
                        new Routing.Receiver("ml-tickets", List.of("webhook"), List.of()),
                        new Routing.Receiver("lost", List.of("webhook"), List.of())),
                Optional.of("default"),
                List.of(
                        new Routing.Route("ml", new TreeMap<>(Map.of("team", List.of("ml")))),
                        new Routing.Route("ml-tickets", new TreeMap<>(Map.of("team", List.of("ml")))),
                        new Routing.Route("lost", new TreeMap<>(Map.of("severity", List.of("page"))))));
    }

    @Test
    void ownersAreCountedByKeyAndHearByTheRoutesThatNameThem() {
        Findings.Ownership ownership =
                present(OwnerSigns.of(Objects.of(OWNED), Optional.of(routing()), Set.of("monitoring")));

        assertThat(ownership.keys().uses())
                .containsExactly(new Findings.KeyUse("team", 1, 1), new Findings.KeyUse("a8r.io/owner", 1, 0));
        assertThat(ownership.keys().namespaces()).isEqualTo(2);
        assertThat(ownership.platformTeams()).containsExactly("infra");
        assertThat(ownership.receivers().keySet()).containsExactly("infra", "ml");
        assertThat(kinds(ownership, "ml")).containsExactly("ml PAGE", "ml-tickets TICKET");
        assertThat(kinds(ownership, "infra")).containsExactly("default FEED");
        assertThat(ownership.unassigned()).containsExactly("lost");
    }

    private static List<String> kinds(Findings.Ownership ownership, String team) {
        return ownership.receivers().getOrDefault(team, new TreeMap<>()).entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue().value())
                .toList();
    }

    @Test
    void ownersAreUnreadableWhereNamespacesAreHiddenAndAbsentWhereNobodyWroteAny() {
        assertThat(unreadable(OwnerSigns.of(Objects.hiding(Listed.NAMESPACES, OWNED), Optional.empty(), Set.of())))
                .contains("403");
        assertThat(absent(OwnerSigns.of(
                        Objects.of("{kind: Namespace, metadata: {name: a}}"), Optional.empty(), Set.of())))
                .contains("1 namespaces");
    }

    @ParameterizedTest
    @CsvSource({
        "gpu.nvidia.com.deviceclass.resource.k8s.io/devices, true",
        "requests.nvidia.com/gpu, true",
        "cpu, false",
    })
    void aTestTenantHasADeviceQuotaAndRunsNothing(String resource, boolean tenant) {
        String quota = """
            kind: ResourceQuota
            metadata: { name: q, namespace: t }
            spec: { hard: { RESOURCE: "2" } }
            """.replace("RESOURCE", resource);

        assertThat(DeviceSigns.testTenants(Objects.of(quota)) instanceof Reading.Present)
                .isEqualTo(tenant);
        absent(DeviceSigns.testTenants(Objects.of(quota + "---\n{kind: Pod, metadata: {name: p, namespace: t}}")));
        unreadable(DeviceSigns.testTenants(Objects.hiding(Listed.PODS, quota)));
    }

    @Test
    void devicesAreAbsentOnlyWhereEveryPlaceThatShowsThemWasRead() {
        absent(DeviceSigns.devices(Objects.of("{kind: Node, metadata: {name: n}}")));
        unreadable(DeviceSigns.devices(Objects.hiding(Listed.NODES, "{kind: Node, metadata: {name: n}}")));
        assertThat(present(DeviceSigns.devices(Objects.of(
                                "{kind: Node, metadata: {name: n}, status: {allocatable: {nvidia.com/gpu: 1}}}")))
                        .extended())
                .isEqualTo(1);
    }

    @Test
    void theDriverOfSimulatedAcceleratorsIsKnownByItsImageAndNamedByItsLabel() {
        ClusterObjects objects = Objects.of("""
            kind: Pod
            metadata: { name: d-x1, namespace: gpu, labels: { app: d, owner: infra, controller-revision-hash: x } }
            spec: { containers: [{ image: "airworthy/mock-devices:dev", ports: [{ name: admin, containerPort: 9402 }] }] }
            """);

        assertThat(DeviceSigns.mocks(objects))
                .contains(new Findings.MockDevices("gpu", new TreeMap<>(Map.of("app", "d")), 9402));
        assertThat(DeviceSigns.mocks(Objects.of("{kind: Pod, metadata: {name: p, namespace: n}}")))
                .isEmpty();
    }

    private static final String HARNESS = """
        kind: Service
        metadata: { name: airworthy, namespace: sys }
        spec: { ports: [{ name: http, port: 9911 }] }
        ---
        kind: EndpointSlice
        metadata: { name: airworthy, namespace: sys, labels: { kubernetes.io/service-name: airworthy } }
        endpoints: [{ addresses: ["10.0.0.9"] }]
        ports: [{ name: http, port: 19911 }]
        """;

    private static Routing told(String url) {
        return new Routing(
                List.of(new Routing.Receiver("r", List.of("webhook"), List.of(url))), Optional.of("r"), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "http://airworthy.sys:9911/, http://airworthy.sys:9911/, 10.0.0.9:19911, false",
        "http://airworthy.example.com:9000/, http://airworthy.example.com:9000/, 0.0.0.0:9000, false",
        "<secret>, http://airworthy.sys:9911/, 10.0.0.9:19911, true",
    })
    void theWebhookIsWhatReceiversNameAndListensWhereTheClusterSendsIt(
            String told, String url, String listen, boolean guessed) {
        ClusterObjects objects = Objects.of(HARNESS);

        Findings.Webhook webhook = present(WebhookSigns.of(told(told), Objects.ways(objects)));

        assertThat(webhook.url().value()).isEqualTo(url);
        assertThat(webhook.url().guess().isPresent()).isEqualTo(guessed);
        assertThat(webhook.listen().value()).isEqualTo(listen);
    }

    @Test
    void aWebhookThatNobodyNamesIsAbsentAndOneThatIsHiddenIsUnreadable() {
        absent(WebhookSigns.of(told("http://pager/"), Objects.ways(Objects.of(HARNESS))));
        unreadable(WebhookSigns.of(told("<secret>"), Objects.ways(Objects.of("{kind: Namespace}"))));
    }

    @ParameterizedTest
    @CsvSource({
        "v1.36.3+simulated, img,                            SIMULATED, SIMULATED",
        "v1.36.3,           img,                            MEASURED,  SIMULATED",
        "v1.36.3,           nvcr.io/nvidia/k8s/dcgm:4,      MEASURED,  MEASURED",
        "v1.36.3,           ghcr.io/x/fake-gpu-operator:1,  MEASURED,  SIMULATED",
    })
    void realIsOnlyWhatSomethingSpeaksFor(String version, String image, Fidelity kubernetes, Fidelity accelerator) {
        Map<PlatformLayer, Told<Fidelity>> fidelity = FidelitySigns.of(
                new Findings.Cluster(Path.of("k"), "c", version),
                Objects.of("{kind: Pod, metadata: {name: p, namespace: n}, spec: {containers: [{image: 'IMAGE'}]}}"
                        .replace("IMAGE", image)),
                new Reading.Absent<>("no"),
                new Reading.Present<>(
                        new Findings.Server(Told.seen(URI.create("http://a")), "0.27.0+simulated", "m", "how")),
                new Reading.Absent<>("no"),
                new Reading.Absent<>("no"));

        assertThat(fidelity)
                .containsOnlyKeys(PlatformLayer.KUBERNETES, PlatformLayer.ACCELERATOR, PlatformLayer.ALERTING);
        assertThat(fidelity.get(PlatformLayer.KUBERNETES)).isEqualTo(Told.seen(kubernetes));
        assertThat(fidelity.get(PlatformLayer.ALERTING)).isEqualTo(Told.seen(Fidelity.SIMULATED));
        assertThat(fidelity.get(PlatformLayer.ACCELERATOR))
                .extracting(Told::value)
                .isEqualTo(accelerator);
    }
}
