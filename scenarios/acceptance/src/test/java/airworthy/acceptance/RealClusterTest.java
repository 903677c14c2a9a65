package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The suite that ships, through the same interfaces, on parts that nobody here wrote. */
@OnRealNode(proves = "the scenarios on a real API server, scheduler, kubelet, Prometheus and Alertmanager")
@Timeout(900)
class RealClusterTest {
    /** Of a cluster with one node nobody can say how others fare. */
    private static final Set<String> NEED_ANOTHER_NODE =
            Set.of("OBS-2/contain/other-nodes-run", "OBS-2/contain/next-tenant-served");

    @TempDir
    private static Path home;

    private static Platform platform;
    private static Run ready;
    private static Harness.Ended ended;

    /** Where nothing is built yet, the pods' images are: five minutes of two cores. */
    @BeforeAll
    @Timeout(1_200)
    static void assessTheReadyPlatform() throws IOException, InterruptedException {
        platform = Platform.startOnK3s(home);
        ended = Harness.run(
                Harness.Priority.TIMED,
                home,
                "assess",
                "--at-a-time",
                "1",
                "--platform",
                platform.profile().toString(),
                "--runs",
                home.resolve("runs").toString());
        System.out.println(ended.out());
        ready = Run.in(home.resolve("runs"));
    }

    @AfterAll
    static void removeTheNode() {
        platform.close();
    }

    @Test
    void everyQuestionIsMet() throws IOException {
        SortedMap<String, String> met = allMet();
        assertThat(met).isNotEmpty();
        assertThat(ready.outcomes())
                .as("not met: %s", ready.messagesOfOthersThan(met))
                .isEqualTo(met);
        ended.with(0);
        assertThat(ready.card().path("restored").asBoolean()).isTrue();
        assertThat(ready.card().path("purpose").asText()).isEqualTo("assessment");
    }

    private static SortedMap<String, String> allMet() throws IOException {
        SortedMap<String, String> met = ready.outcomes();
        met.replaceAll((finding, outcome) -> NEED_ANOTHER_NODE.contains(finding) ? "unknown" : "met");
        return met;
    }

    @Test
    void whatIsStampedIsWhatAlertmanagerAndPrometheusStamped() throws Exception {
        assertThat(RealClock.of(platform, ready).disagreements()).isEmpty();
    }

    @Test
    void aClaimsDeviceReachesItsPodThroughTheKubelet() throws IOException {
        RealDevices devices = RealDevices.of(platform, "team-a", "chat");
        assertThat(devices.given()).hasSize(3);
        assertThat(devices.seen().keySet()).isEqualTo(devices.given().keySet());
        devices.given()
                .forEach((pod, uuid) -> assertThat(devices.seen().get(pod)).endsWith(" on " + uuid));
    }

    @Test
    void theSimulatedApiAnswersAsTheRealOneDoes(@TempDir Path temp) throws Exception {
        try (Platform simulated = Platform.start(Harness.Priority.BACKGROUND, temp)) {
            assertThat(ApiParity.differences(simulated.kubeconfig(), platform.kubeconfig()))
                    .as("of %d calls", ApiParity.size())
                    .isEmpty();
        }
    }

    /** What it does not touch it cannot fail: the engine's own metrics stay as they were, so nobody is asked to notice. */
    @Test
    void aReplicaWithoutLeversIsSlowedByTheProxyAndLeftAsItWas(@TempDir Path temp)
            throws IOException, InterruptedException {
        try (RealTraffic traffic = RealTraffic.of(platform)) {
            SortedMap<String, Map<String, String>> before = traffic.selectors();

            Harness.run(
                    Harness.Priority.TIMED,
                    temp,
                    "assess",
                    "--platform",
                    RealTraffic.profile(platform, temp).toString(),
                    "--runs",
                    temp.resolve("runs").toString(),
                    Catalogue.scenario("SRV-4").toString());

            Run run = Run.in(temp.resolve("runs"));
            JsonNode scenario = run.scenario("SRV-4");
            assertThat(scenario.path("injector").asText()).as("%s", scenario).isEqualTo("traffic");
            assertThat(scenario.path("landed").asBoolean()).as("%s", scenario).isTrue();
            assertThat(run.outcomes())
                    .containsEntry("SRV-4/withstand/traffic-moves", "met")
                    .containsEntry("SRV-4/contain/bystanders-slo", "met")
                    .containsEntry("SRV-4/detect/notified-in-time", "unknown")
                    .containsEntry("SRV-4/recover/undo-verified", "met");
            assertThat(traffic.selectors()).isEqualTo(before);
            assertThat(traffic.leftBehind()).isEmpty();
        }
    }

    /** With a smaller engine its own metrics tell of it, so the platform is asked whether it noticed. */
    @Test
    void aReplicaWithoutLeversIsSlowedByASmallerLimitAndGivenBackWhatItHad(@TempDir Path temp)
            throws IOException, InterruptedException {
        try (RealEngines engines = RealEngines.of(platform)) {
            SortedMap<String, String> before = engines.sizes();

            Harness.run(
                    Harness.Priority.TIMED,
                    temp,
                    "assess",
                    "--platform",
                    RealEngines.profile(platform, temp).toString(),
                    "--runs",
                    temp.resolve("runs").toString(),
                    Catalogue.scenario("SRV-4").toString());

            Run run = Run.in(temp.resolve("runs"));
            JsonNode scenario = run.scenario("SRV-4");
            assertThat(scenario.path("injector").asText()).as("%s", scenario).isEqualTo("resize");
            assertThat(scenario.path("landed").asBoolean()).as("%s", scenario).isTrue();
            assertThat(run.outcomes())
                    .as("%s", scenario)
                    .containsEntry("SRV-4/detect/notified-in-time", "met")
                    .containsEntry("SRV-4/attribute/names", "met")
                    .containsEntry("SRV-4/recover/undo-verified", "met");
            assertThat(engines.sizes()).isEqualTo(before);
        }
    }

    /** The driver gives a claim's containers the library that stands in for a real one's, as a real one gives its own. */
    @Test
    void aPodOfOursSharesAnAcceleratorAndLeavesNothing(@TempDir Path temp) throws IOException, InterruptedException {
        Path runs = temp.resolve("runs");
        Harness.run(Harness.Priority.TIMED, temp, HeldMemory.assess(platform, runs));

        HeldMemory.assertLandedAndTakenBack(Run.in(runs));
        try (KubernetesClient client = platform.client()) {
            assertThat(client.pods()
                            .inNamespace("team-a")
                            .withLabel("app.kubernetes.io/managed-by", "airworthy")
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }

    @Test
    void whatIsDiscoveredPlansWhatItsOwnerWouldPlan(@TempDir Path temp) throws IOException, InterruptedException {
        DiscoverTest.discover(temp, platform.kubeconfig()).with(0);
        Path written = temp.resolve("platform.yaml");
        String filled = DiscoverTest.withKeys(Files.readString(written), platform)
                .replace("# allow:", "allow:")
                .replace("timeScale: 1 ", "timeScale: 20 ")
                // what its owner allows
                .replace("maxDevices: 8", "maxDevices: 16");
        assertThat(filled).contains("\nallow:", "timeScale: 20");
        Files.writeString(written, filled);

        Path suite = DiscoverTest.scenarios(temp, false);
        String planned = DiscoverTest.plan(temp, written, suite);

        assertThat(planned).contains("hits").doesNotContain("cannot run");
        assertThat(planned).isEqualTo(DiscoverTest.plan(temp, platform.profile(), suite));
    }

    /** A misconfiguration for each scenario, all of them seeded at once, by edits of the real parts' own files. */
    @Test
    void eachMisconfigurationIsFound(@TempDir Path temp) throws IOException, InterruptedException {
        List<String> defects = List.of(
                "SCH-1/alert-without-team",
                "SCH-2/alert-without-device",
                "SRV-2/routed-to-platform",
                "SRV-4/alert-without-replica",
                "OBS-1/alert-without-workload",
                "OBS-2/alert-to-model-team",
                "GW-2/alert-without-tenant",
                "POL-3/alert-without-source",
                "OWN-1/receiver-missing");
        List<String> command = new ArrayList<>(List.of("assess", "--target", "k3s"));
        SortedMap<String, String> expected = allMet();
        for (String defect : defects) {
            command.addAll(List.of("--defect", defect));
            expected = DefectsTest.changed(expected, Catalogue.defect(defect));
        }
        command.addAll(List.of("--runs", temp.resolve("runs").toString()));

        Harness.Ended found = Harness.run(Harness.Priority.TIMED, temp, command.toArray(String[]::new));

        Run run = Run.in(temp.resolve("runs"));
        for (Path scenario : Catalogue.scenarios()) {
            run.assumeLoadWasOnTime(Catalogue.yaml(scenario).at("/metadata/id").asText());
        }
        assertThat(run.outcomes())
                .as("outcomes with %s; other than expected: %s", defects, run.messagesOfOthersThan(expected))
                .isEqualTo(expected);
        found.with(1);
        assertThat(run.card().path("restored").asBoolean()).isTrue();
    }
}
