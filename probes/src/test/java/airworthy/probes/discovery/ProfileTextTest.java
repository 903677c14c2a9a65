package airworthy.probes.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.format.ProfileReader;
import airworthy.format.Read;
import airworthy.format.SchemaCheck;
import airworthy.model.Cause;
import airworthy.model.Dimension;
import airworthy.model.PlatformProfile;
import airworthy.model.PlatformProfile.ReceiverKind;
import airworthy.model.PlatformProfile.RoleHolder;
import airworthy.model.Role;
import airworthy.model.WorkloadRef;
import airworthy.probes.Reading;
import airworthy.probes.prometheus.Intervals;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was found, the text is a profile, says what was found, and marks what was guessed. */
class ProfileTextTest {
    private static final ProfileReader READER = new ProfileReader(new SchemaCheck(), Path.of("/home/me"));

    private static PlatformProfile read(String text) {
        return switch (READER.read("platform.yaml", text, Path.of("/profiles"))) {
            case Read.Ok<PlatformProfile>(PlatformProfile profile) -> profile;
            case Read.Bad<PlatformProfile> bad -> throw new AssertionError(bad.problems() + "\n" + text);
        };
    }

    private static String text(FoundPlatform found) {
        return ProfileText.of(found.findings());
    }

    @Test
    void aWholePlatformIsReadBackAsItWasFound() {
        PlatformProfile profile = read(text(new FoundPlatform()));

        assertThat(profile.name()).isEqualTo("staging-ai");
        assertThat(profile.cluster())
                .contains(new PlatformProfile.Cluster(Path.of("/home/me/.kube/config"), Optional.of("staging-ai")));
        assertThat(profile.prometheus()).contains(URI.create("http://10.0.0.1:30090"));
        assertThat(profile.alertmanager())
                .contains(new PlatformProfile.Alertmanager(
                        URI.create("https://api:6443/api/v1/namespaces/m/services/am:9093/proxy"),
                        Optional.of(new PlatformProfile.Webhook(
                                "10.0.0.9:9911", URI.create("http://airworthy.sys:9911/")))));
        assertThat(profile.gateway().orElseThrow().keys())
                .isEqualTo(
                        Map.of("team-a", "env:KEY_TEAM_A", "team-b", "env:KEY_TEAM_B", "tenant-x", "env:KEY_TENANT_X"));
        assertThat(profile.inference())
                .extracting(each -> each.name() + " " + each.workload() + " " + each.url() + " " + each.model() + " "
                        + each.tenant().orElse("nobody"))
                .containsExactly(
                        "chat team-a/deployment/chat http://10.0.0.1:30080/v1 chat team-a",
                        "sum team-b/statefulset/sum http://10.0.0.1:30080/v1 sum team-b");
        assertThat(profile.bystanders()).containsExactly(WorkloadRef.parse("team-b/statefulset/sum"));
        assertThat(profile.testTenants()).containsExactly("tenant-x");
        assertThat(profile.ownership().keys()).containsExactly("owner");
        assertThat(profile.ownership().roles())
                .containsEntry(Role.MODEL_TEAM, new RoleHolder.ByKey("owner"))
                .containsEntry(Role.PLATFORM_TEAM, new RoleHolder.Teams(List.of("infra")));
        assertThat(profile.ownership().receivers()).isEqualTo(Map.of("ml", Map.of("ml-pager", ReceiverKind.PAGE)));
        assertThat(profile.alerts().heartbeats()).containsExactly("Watchdog");
        assertThat(profile.alerts().labels()).isEqualTo(Map.of(Dimension.REPLICA, List.of("pod")));
        assertThat(profile.alerts().causes()).isEqualTo(Map.of("Slow", Cause.SERVING_LATENCY));
        assertThat(profile.names()).isEqualTo(Map.of("runbooks.monitoring", "10.0.0.1:30890"));
        assertThat(profile.timeScale()).isEqualTo(1);
    }

    @Test
    void guessesAreMarkedOnTheirLinesAndWhatWasSeenIsNot() {
        String text = text(new FoundPlatform());

        for (String guessed : List.of("name: staging-ai", "listen:", "tenant: team-a", "slo:", "bystanders:", "env:")) {
            assertThat(text.lines().filter(line -> line.contains(guessed)))
                    .as(guessed)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("# guessed: "));
        }
        for (String seen : List.of("kubernetes: measured", "url: http://10.0.0.1:30090", "model: chat", "Slow:")) {
            assertThat(text.lines().filter(line -> line.contains(seen)))
                    .as(seen)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).doesNotContain("guessed"));
        }
    }

    @Test
    void consentIsProposedButNeverGivenWhereSomebodyCouldBeHurt() {
        FoundPlatform real = new FoundPlatform();
        String text = text(real);

        assertThat(read(text).consent())
                .isEqualTo(new PlatformProfile.Consent(Set.of(), 0, 0, false, false, false, false));
        assertThat(text)
                .contains("# allow: { namespaces: [team-a, team-b, tenant-x], maxDevices: 8, maxTokens: 20000000,"
                        + " maxBadCredentials: 100, paging:"
                        + " live }");
        assertThat(read(text.replace("# allow: ", "allow: ")).consent().namespaces())
                .containsExactlyInAnyOrder("team-a", "team-b", "tenant-x");
    }

    @Test
    void onAClusterThatSaysThatItIsSimulatedConsentIsWritten() {
        FoundPlatform simulated = new FoundPlatform();
        simulated.version = "v1.36.3+simulated";

        assertThat(read(text(simulated)).consent().namespaces())
                .containsExactlyInAnyOrder("team-a", "team-b", "tenant-x");
    }

    private static final List<String> PARTS = List.of(
            "prometheus", "alertmanager", "gateway", "inference", "testTenants", "devices", "ownership", "alerts");

    @Test
    void whatIsAbsentStandsAsACommentAndDeclaresNothingAway() {
        String text = text(FoundPlatform.allOf(new Reading.Absent<>("Services named so")));

        assertThat(text.lines())
                .containsAll(PARTS.stream()
                        .map(part -> "# " + part + ": looked for Services named so: absent")
                        .toList());
        assertThat(read(text).declaredAbsent()).isEmpty();
    }

    @Test
    void whatIsUnreadableStandsAsACommentWithTheReason() {
        String text = text(FoundPlatform.allOf(new Reading.Unreadable<>("GET /x: 403; grant list\non it")));

        assertThat(text.lines())
                .containsAll(PARTS.stream()
                        .map(part -> "# " + part + ": looked for it: unreadable: GET /x: 403; grant list on it")
                        .toList());
        assertThat(read(text).prometheus()).isEmpty();
        assertThat(text).contains("timeScale: 1 # the platform's intervals could not be read");
    }

    @Test
    void withoutAGatewayEachModelIsMetByItself() {
        FoundPlatform found = new FoundPlatform();
        found.gateway = new Reading.Absent<>("gateways");

        assertThat(read(text(found)).inference()).allSatisfy(served -> {
            assertThat(served.url()).isEqualTo(URI.create("http://own:8000/v1"));
            assertThat(served.tenant()).isEmpty();
        });
    }

    @Test
    void modelsOfOneNameGetNamesOfTheirOwn() {
        FoundPlatform found = new FoundPlatform();
        found.inference = FoundPlatform.inference(
                FoundPlatform.served("a/deployment/chat", "m"), FoundPlatform.served("b/deployment/chat", "m"));

        assertThat(read(text(found)).inference())
                .extracting(PlatformProfile.Inference::name)
                .containsExactly("a-chat", "b-chat");
    }

    @Test
    void aWorkloadThatHoldsAcceleratorsAndStaysSilentIsTold() {
        FoundPlatform found = new FoundPlatform();
        found.inference = new Reading.Present<>(new Findings.Inference(
                List.of(FoundPlatform.served("a/deployment/chat", "m")),
                new TreeMap<>(Map.of("t/job/train", "port 8000: connection refused"))));
        String text = text(found);

        assertThat(text).contains("# t/job/train holds accelerators and was not seen to serve a model: port 8000");
        assertThat(text).contains("# bystanders: looked for a second served model: absent");
        read(text);
    }

    @Test
    void alertsWithoutACauseAreLeftToPeople() {
        assertThat(text(new FoundPlatform())).contains("    # KubePodCrashLooping: <one of model-artifact, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "a: b", "x #y", "{}", "1", "\"", "ü"})
    void namesThatYamlWouldMisreadStayNames(String name) {
        FoundPlatform found = new FoundPlatform();
        found.inference = FoundPlatform.inference(FoundPlatform.served(name + "/deployment/" + name, name));
        found.tenants = new Reading.Present<>(List.of(name));
        PlatformProfile profile = read(text(found));

        assertThat(profile.inference().getFirst().model()).isEqualTo(name);
        assertThat(profile.testTenants()).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({"15, 10, 2", "30, 30, 1", "60, 30, 1", "1, 1, 30"})
    void thePaceThatWouldBeAcceptedIsTold(int scrape, int evaluation, int most) {
        FoundPlatform found = new FoundPlatform();
        found.intervals = new Reading.Present<>(
                new Intervals(Duration.ofSeconds(scrape), Duration.ofSeconds(evaluation), new TreeMap<>()));

        assertThat(text(found)).contains("at most " + most + " would be accepted");
    }

    @Test
    void aRunbookHostThatIsNotReachedIsTold() {
        FoundPlatform found = new FoundPlatform();
        found.names = new TreeMap<>(Map.of("runbooks.m", new Reading.Unreadable<>("no way")));

        assertThat(text(found)).contains("# names.runbooks.m: looked for it: unreadable: no way");
        assertThat(read(text(found)).names()).isEmpty();
    }

    @Test
    void simulatedPartsOfferTheirLevers() {
        FoundPlatform found = new FoundPlatform();
        assertThat(read(text(found)).mockDevices()).isEmpty();

        found.mockDevices = Optional.of(new Findings.MockDevices("gpu", new TreeMap<>(Map.of("app", "driver")), 9401));
        assertThat(read(text(found)).mockDevices())
                .contains(new PlatformProfile.MockDevices("gpu", Map.of("app", "driver"), 9401));
    }

    @Test
    void theSnippetNamesEveryReceiverUnlessOneTellsUsAlready() {
        FoundPlatform found = new FoundPlatform();
        assertThat(WebhookSnippet.of(found.findings())).isEmpty();

        found.webhook = new Reading.Absent<>("a webhook");
        assertThat(WebhookSnippet.of(found.findings()))
                .contains("  - name: ml-pager", "  - name: lost", "        send_resolved: true");
    }

    @Test
    void theSummaryTellsPresentAbsentUnreadableAndHowMuchWasGuessed() {
        FoundPlatform found = new FoundPlatform();
        found.gateway = new Reading.Absent<>("gateways");
        found.devices = new Reading.Unreadable<>("403");
        found.tenants = new Reading.Unreadable<>("so ".repeat(500));
        String text = text(found);
        long marked = text.lines().filter(line -> line.contains("guessed: ")).count();

        assertThat(Summary.of(found.findings(), text))
                .anySatisfy(line -> assertThat(line).matches("prometheus +present +http://10.*"))
                .anySatisfy(line -> assertThat(line).matches("gateway +absent +looked for gateways"))
                .anySatisfy(line -> assertThat(line).matches("devices +unreadable +403"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(240))
                .anySatisfy(line -> assertThat(line).matches("in all +guessed +" + marked + " lines.*"));
    }
}
