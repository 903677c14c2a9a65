package airworthy.format;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.model.Fidelity;
import airworthy.model.Need;
import airworthy.model.PlatformLayer;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.model.PlatformProfile.RoleHolder;
import airworthy.model.Role;
import airworthy.model.Slo;
import airworthy.model.WorkloadRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileReaderTest {
    private static final String SMALL = "apiVersion: airworthy/v1\nkind: Platform\nenvironment: lab\n";
    private static final Path BASE = Path.of("/profiles").toAbsolutePath();
    private static final Path HOME = Path.of("/home/somebody").toAbsolutePath();

    private final ProfileReader reader = new ProfileReader(new SchemaCheck(), HOME);

    @TempDir
    private Path folder;

    @Test
    void aGatewaysBudgetsAndAuditRecordsAreRead() {
        PlatformProfile.Gateway gateway = ok(GATEWAY).gateway().orElseThrow();

        assertThat(gateway.budgets())
                .containsExactly(
                        new PlatformProfile.TokenBudget("b", 600, Duration.ofMinutes(1), "chat"),
                        new PlatformProfile.TokenBudget("a", 60, Duration.ofSeconds(1), "chat"));
        assertThat(gateway.badKeys()).containsExactly(Map.entry("old", "env:OLD"));
        assertThat(gateway.audit())
                .contains(new PlatformProfile.Audit(
                        WorkloadRef.parse("gw/deployment/g"),
                        Map.of(
                                PlatformProfile.AuditField.TENANT, "who",
                                PlatformProfile.AuditField.PROMPT_TOKENS, "in")));
    }

    @Test
    void aBudgetIsOfATenantWithAKeyAndAModel() {
        assertThat(problems(GATEWAY.replace("{ a: env:A, b: env:B }", "{ a: env:A }")))
                .singleElement()
                .asString()
                .contains("the budget of tenant \"b\"", "a tenant with a key under gateway.keys");
        assertThat(problems(GATEWAY.replace("inference: chat }", "inference: cat }")))
                .singleElement()
                .asString()
                .contains("found \"cat\", expected the name of a served model under inference");
        assertThat(problems(GATEWAY.replace(", inference: chat }", " }")))
                .singleElement()
                .asString()
                .contains("the key \"inference\": no served model names the tenant \"b\"");
    }

    private static final String GATEWAY = SMALL + """
        gateway:
          url: http://g/v1
          keys: { a: env:A, b: env:B }
          badKeys: { old: env:OLD }
          budgets:
            b: { tokens: 600, per: 1m, inference: chat }
            a: { tokens: 60, per: 1s }
          audit: { workload: gw/deployment/g, fields: { tenant: who, promptTokens: in, requestId: id } }
        inference:
          - { name: chat, workload: x/deployment/chat, url: http://g/v1, model: m, tenant: a, slo: { ttft: 1s, gap: 1s } }
        """;

    @Test
    void everyKeyOfTheSimulatedPlatformIsRead() {
        PlatformProfile profile = ok(resource("simulated.yaml"));

        assertThat(profile.name()).isEqualTo("simulated");
        assertThat(profile.fidelity())
                .containsEntry(PlatformLayer.ALERTING, Fidelity.SIMULATED)
                .hasSize(5);
        assertThat(profile.cluster())
                .contains(new PlatformProfile.Cluster(BASE.resolve("kubeconfig"), Optional.of("simulated")));
        assertThat(profile.consent())
                .isEqualTo(new PlatformProfile.Consent(
                        Set.of("team-a", "team-b", "tenant-x", "tenant-y"), 8, 2_000_000, false, false, true, false));
        assertThat(profile.prometheus()).contains(URI.create("http://127.0.0.3:9090"));
        assertThat(profile.alertmanager().orElseThrow().webhook())
                .contains(new PlatformProfile.Webhook(
                        "127.0.0.2:9911", URI.create("http://airworthy.airworthy-system:9911/")));
        assertThat(profile.gateway().orElseThrow().replicaHeader()).contains("x-inference-pod");
        assertThat(profile.inference().getFirst())
                .isEqualTo(new PlatformProfile.Inference(
                        "chat",
                        new WorkloadRef("team-a", "deployment", "chat"),
                        URI.create("http://127.0.0.1:8080/v1"),
                        "chat",
                        Optional.of("team-a"),
                        8000,
                        new Slo(Duration.ofMillis(250), Duration.ofMillis(40))));
        assertThat(profile.bystandersOf(new WorkloadRef("team-a", "deployment", "chat")))
                .extracting(PlatformProfile.Inference::name)
                .containsExactly("summarise");
        assertThat(profile.testTenants()).containsExactly("tenant-x", "tenant-y");
        assertThat(profile.ownership().roles())
                .containsEntry(Role.MODEL_TEAM, new RoleHolder.ByKey("owner"))
                .containsEntry(Role.PLATFORM_TEAM, new RoleHolder.Teams(List.of("infra")));
        assertThat(profile.ownership().receivers())
                .containsEntry("chat-models", Map.of("chat-models-pager", ReceiverKind.PAGE));
        assertThat(profile.alerts().labels()).containsEntry(Dimension.REPLICA, List.of("pod"));
        assertThat(profile.alerts().causes()).containsEntry("TenantAcceleratorQuotaReached", Cause.QUOTA);
        assertThat(profile.names()).containsEntry("runbooks.monitoring", "127.0.0.1:8090");
        assertThat(profile.mockDevices())
                .contains(new PlatformProfile.MockDevices("gpu-system", Map.of("app", "fake-gpu-driver"), 9402));
        assertThat(profile.declaredAbsent()).isEmpty();
        assertThat(profile.timeScale()).isEqualTo(30);
    }

    @Test
    void aDriverOfSimulatedDevicesIsFoundByItsLabels() {
        String devices = SMALL + "mocks: { devices: { namespace: gpu-system, labels: { app: fake } } }\n";

        assertThat(ok(SMALL).mockDevices()).isEmpty();
        assertThat(ok(devices).mockDevices())
                .contains(new PlatformProfile.MockDevices("gpu-system", Map.of("app", "fake"), 9401));
        assertThat(problems(devices.replace("{ app: fake }", "{}")))
                .containsExactly(
                        "p.yaml:4:52: mocks.devices.labels: found an empty mapping, expected at least one label");
        assertThat(problems(devices.replace("namespace: gpu-system, ", "")))
                .singleElement()
                .asString()
                .contains("mocks.devices.namespace: found nothing");
    }

    @Test
    void whereAModelComesFromIsReadAndAStoreWithTlsIsRefused() {
        String served = SMALL + """
            inference:
              - name: chat
                workload: team-a/deployment/chat
                url: http://gateway/v1
                model: chat
                slo: { ttft: 250ms, gap: 40ms }
                artefact: { env: MODEL_STORE, url: "http://store.models:8081", revisionLabel: model-revision }
            """;

        assertThat(ok(served).inference().getFirst().artefact())
                .contains(new PlatformProfile.Artefact(
                        "MODEL_STORE", URI.create("http://store.models:8081"), "model-revision"));
        assertThat(problems(served.replace("http://store", "https://store")))
                .singleElement()
                .asString()
                .contains("inference[0].artefact.url", "expected a store without TLS");
        assertThat(problems(served.replace("env: MODEL_STORE, ", "")))
                .singleElement()
                .asString()
                .contains("inference[0].artefact.env: found nothing");
    }

    @Test
    void theDesignsKeysThatAreNotUsedYetAreAccepted() {
        PlatformProfile profile = ok(resource("design.yaml"));

        assertThat(profile.name()).isEqualTo("staging");
        assertThat(profile.cluster().orElseThrow().kubeconfig()).isEqualTo(HOME.resolve(".kube/config"));
        assertThat(profile.consent().livePaging()).isFalse();
        assertThat(profile.timeScale()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsToBeLookedForAndWhatIsDeclaredAbsentIsNot() {
        PlatformProfile silent = ok(SMALL);
        PlatformProfile outspoken =
                ok(SMALL + "gateway: absent\ninference: absent\ndevices: absent\ncluster: absent\n");

        assertThat(silent.gateway()).isEmpty();
        assertThat(silent.declaredAbsent()).isEmpty();
        assertThat(outspoken.gateway()).isEmpty();
        assertThat(outspoken.declaredAbsent())
                .containsExactlyInAnyOrder(Need.GATEWAY, Need.INFERENCE, Need.DEVICES, Need.KUBERNETES);
    }

    @Test
    void nothingIsAllowedThatIsNotWritten() {
        PlatformProfile.Consent consent = ok(SMALL).consent();

        assertThat(consent.namespaces()).isEmpty();
        assertThat(consent.maxDevices()).isZero();
        assertThat(consent.maxTokens()).isZero();
        assertThat(consent.monitoring() || consent.irreversible() || consent.livePaging() || consent.liveTraffic())
                .isFalse();
    }

    @Test
    void theHarnessesOwnImageAndConsentToLiveTrafficAreRead() {
        PlatformProfile profile =
                ok(SMALL + "allow: { liveTraffic: true }\nharness: { image: registry.example.com/proxy:1 }\n");

        assertThat(profile.consent().liveTraffic()).isTrue();
        assertThat(profile.harnessImage()).contains("registry.example.com/proxy:1");
        assertThat(ok(SMALL).harnessImage()).isEmpty();
        assertThat(ok(SMALL).images().pause()).isEqualTo("rancher/mirrored-pause:3.6");
        assertThat(ok(SMALL + "harness: { pauseImage: registry.example.com/pause:1 }\n")
                        .images()
                        .pause())
                .isEqualTo("registry.example.com/pause:1");
        assertThat(ok(SMALL).images().accelerator()).isEmpty();
        assertThat(ok(SMALL + "harness: { acceleratorImage: registry.example.com/accelerator:1 }\n")
                        .images()
                        .accelerator())
                .contains("registry.example.com/accelerator:1");
    }

    @Test
    void modelServersAreMocksOnlyWhereTheirOwnerSaysSo() {
        assertThat(ok(SMALL).mocks().modelServers()).isFalse();
        assertThat(ok(SMALL + "mocks: { modelServers: { port: 8000 } }\n")
                        .mocks()
                        .modelServers())
                .isTrue();
    }

    @Test
    void aLiteralKeyIsRefusedAtItsPlaceAndNotShown() {
        String text = SMALL + "gateway:\n  url: http://g/v1\n  keys: { team-a: sk-very-secret }\n"
                + "  badKeys:\n    revoked: 1234567890\n";
        assertThat(problems(text))
                .containsExactly(
                        "p.yaml:6:19: gateway.keys.team-a: found a literal (not shown here),"
                                + " expected a reference env:NAME or file:PATH",
                        "p.yaml:8:14: gateway.badKeys.revoked: found a literal (not shown here),"
                                + " expected a reference env:NAME or file:PATH")
                .noneMatch(problem -> problem.contains("very-secret") || problem.contains("1234567890"));
    }

    @Test
    void aLiteralInPlaceOfTheReferencesIsNotShownEither() {
        assertThat(problems(SMALL + "gateway:\n  url: http://g/v1\n  keys: sk-very-secret\n"))
                .containsExactly("p.yaml:6:9: gateway.keys: found a literal (not shown here),"
                        + " expected a reference for each tenant");
    }

    @Test
    void aFileReferenceMeansTheSameFromEverywhere() {
        PlatformProfile profile = ok(SMALL
                + "gateway: { url: http://g/v1, keys: { a: env:KEY_A, b: file:keys/b, c: 'file:~/c', d:"
                + " file:/etc/d } }\n");

        assertThat(profile.gateway().orElseThrow().keys())
                .containsEntry("a", "env:KEY_A")
                .containsEntry("b", "file:" + BASE.resolve("keys/b"))
                .containsEntry("c", "file:" + HOME.resolve("c"))
                .containsEntry("d", "file:" + Path.of("/etc/d").toAbsolutePath());
    }

    @Test
    void aClusterAsksForFidelity() {
        assertThat(problems(SMALL + "cluster: { kubeconfig: k }\n"))
                .containsExactly("p.yaml:1:1: fidelity: found nothing, expected the key \"fidelity\":"
                        + " a report on a cluster says what was real");
    }

    @Test
    void badValuesAndUnknownKeysAreToldTogether() {
        assertThat(problems(SMALL + """
            promtheus: { url: http://x }
            alertmanager: { url: "http://" }
            gateway: abesnt
            alerts: { causes: { A: quta }, labels: { pod: [pod] } }
            timeScale: 0
            """))
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("p.yaml:4:1: promtheus: found the unknown key")
                                .endsWith("did you mean \"prometheus\"?"),
                        one -> assertThat(one).startsWith("p.yaml:5:22: alertmanager.url: found \"http://\""),
                        one -> assertThat(one)
                                .isEqualTo("p.yaml:6:10: gateway: found \"abesnt\","
                                        + " expected where the gateway is, or the word absent"),
                        one -> assertThat(one).startsWith("p.yaml:7:24: alerts.causes.A: found \"quta\""),
                        one -> assertThat(one)
                                .startsWith("p.yaml:7:42: alerts.labels.pod: found the unknown key \"pod\""),
                        one -> assertThat(one)
                                .isEqualTo("p.yaml:8:12: timeScale: found 0, expected a whole number from 1"));
    }

    @Test
    void aTenantWithoutAKeyAndAModelNamedTwiceAreTold() {
        String served = "{ name: m, workload: a/deployment/m, url: http://g/v1, model: m, tenant: b,"
                + " slo: { ttft: 1s, gap: 1s } }";
        assertThat(problems(SMALL + "gateway: { url: http://g/v1, keys: { a: env:A } }\ninference:\n  - " + served
                        + "\n  - " + served.replace(" tenant: b,", "") + "\n"))
                .containsExactly(
                        "p.yaml:6:78: inference[0].tenant: found \"b\", expected a tenant with a key under"
                                + " gateway.keys",
                        "p.yaml:7:13: inference[1].name: found \"m\", expected a name of its own for each served"
                                + " model");
    }

    @Test
    void aProfileFileResolvesAgainstItsOwnFolder() throws IOException {
        Path file = Files.writeString(
                folder.resolve("platform.yaml"),
                SMALL + "fidelity: { kubernetes: measured }\ncluster: { kubeconfig: sub/../kube }\n");

        assertThat(reader.read(file))
                .isInstanceOfSatisfying(
                        Read.Ok.class,
                        ok -> assertThat(ok.value())
                                .isInstanceOfSatisfying(
                                        PlatformProfile.class,
                                        profile -> assertThat(profile.cluster()
                                                        .orElseThrow()
                                                        .kubeconfig())
                                                .isEqualTo(
                                                        folder.resolve("kube").toAbsolutePath())));
    }

    private PlatformProfile ok(String text) {
        Read<PlatformProfile> read = reader.read("p.yaml", text, BASE);
        assertThat(read.problems()).isEmpty();
        return ((Read.Ok<PlatformProfile>) read).value();
    }

    private List<String> problems(String text) {
        return reader.read("p.yaml", text, BASE).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static String resource(String name) {
        try (var stream = ProfileReaderTest.class.getResourceAsStream("profiles/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
