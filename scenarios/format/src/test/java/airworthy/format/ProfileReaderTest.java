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
                        Set.of("team-a", "team-b", "tenant-x", "tenant-y"), 8, 2_000_000, false, false, true));
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
        assertThat(profile.declaredAbsent()).isEmpty();
        assertThat(profile.timeScale()).isEqualTo(30);
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
        assertThat(consent.monitoring() || consent.irreversible() || consent.livePaging())
                .isFalse();
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
