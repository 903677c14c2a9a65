package airworthy.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run says, and what it leaves, where it is the cluster itself that is in trouble. */
@OnRealNode(proves = "that trouble of the cluster itself is unknown, and that everything is put back nevertheless")
@Timeout(600)
class RealTroubleTest {
    /** Controllers count and collect after the last object is gone. */
    private static final Duration SETTLE = Duration.ofSeconds(20);

    @TempDir
    private static Path home;

    private static Platform platform;

    @BeforeAll
    @Timeout(1_200)
    static void start() throws IOException {
        platform = Platform.startOnK3s(home);
    }

    @AfterAll
    static void removeTheNode() {
        platform.close();
    }

    @Test
    void anApiServerThatIsStartedAnewInMidRunLeavesNothingKnownAndNothingBehind(@TempDir Path temp)
            throws IOException, InterruptedException {
        RealNode node = RealNode.of(platform);

        Run run = troubled("SRV-4", temp, (harness, runs) -> {
            List<String> apiServer = node.killApiServer();
            Run.awaitJournal(harness, runs, journal -> happened(journal, "stopped"));
            node.start(apiServer);
        });

        assertThat(run.outcomes().values()).isNotEmpty().containsOnly("unknown");
        assertThat(run.scenario("SRV-4").toString()).contains("stopped: the cluster did not answer");
    }

    @Test
    void aPrometheusThatGoesDownInMidRunIsNoPlatformThatDidNotNotice(@TempDir Path temp)
            throws IOException, InterruptedException {
        try (KubernetesClient client = platform.client()) {
            try {
                Run run = troubled("SCH-1", temp, (harness, runs) -> scalePrometheus(client, 0));

                assertThat(run.outcomes().values()).isNotEmpty().containsOnly("unknown");
                assertThat(run.scenario("SCH-1").toString()).contains("stopped: Prometheus did not answer");
            } finally {
                scalePrometheus(client, 1);
            }
        }
    }

    @Test
    void aNodeWhoseImageIsNotHereIsToldWithWhatToDo(@TempDir Path temp) throws IOException, InterruptedException {
        Harness.Ended ended = Harness.run(
                        Harness.Priority.BACKGROUND,
                        temp,
                        "platform",
                        "up",
                        "--on",
                        "k3s",
                        "--state",
                        temp.resolve("state").toString(),
                        "--node-image",
                        "airworthy/no-such-image:1")
                .with(2);

        assertThat(ended.err())
                .contains("airworthy/no-such-image:1 is not here and could not be pulled", "AIRWORTHY_K3S_IMAGE");
    }

    /** A node beside the other: what is not on it is not waited for. */
    @Test
    void aPodWhoseImageIsNotOnTheNodeIsToldByItsName(@TempDir Path temp) throws IOException, InterruptedException {
        Path config = temp.resolve("config");
        try (Stream<Path> files = Files.walk(Harness.platformConfig())) {
            for (Path file : files.toList()) {
                Files.copy(file, config.resolve(Harness.platformConfig().relativize(file)));
            }
        }
        Path store = config.resolve("cluster/65-model-store.yaml");
        Files.writeString(store, Files.readString(store).replace("airworthy/mock-inference:dev", "airworthy/none:dev"));

        Harness.Ended ended = Harness.run(
                        Harness.Priority.BACKGROUND,
                        temp,
                        "platform",
                        "up",
                        "--on",
                        "k3s",
                        "--config",
                        config.toString(),
                        "--state",
                        temp.resolve("state").toString())
                .with(2);

        assertThat(ended.err()).contains("image that the platform's pods run is not on the node", "airworthy/none:dev");
    }

    /** What happens to the cluster. */
    @FunctionalInterface
    private interface Trouble {
        void happens(Harness harness, Path runs) throws IOException, InterruptedException;
    }

    /** A run of one scenario that meets trouble as soon as its fault is made; ends with 3 and leaves all as it was. */
    private static Run troubled(String scenario, Path temp, Trouble trouble) throws IOException, InterruptedException {
        SortedMap<String, String> before = state();
        Path runs = temp.resolve("runs");
        Run run;
        try (Harness harness = Harness.start(
                Harness.Priority.TIMED,
                temp,
                "assess",
                "--platform",
                platform.profile().toString(),
                "--runs",
                runs.toString(),
                Catalogue.scenario(scenario).toString())) {
            run = Run.awaitJournal(harness, runs, journal -> happened(journal, "fault-applied"));
            trouble.happens(harness, runs);
            Harness.Ended ended = harness.awaitEnd();
            System.out.println(ended.out());
            ended.with(3);
        }
        assertThat(run.card().path("restored").asBoolean()).isTrue();
        await("the platform is as it was")
                .atMost(SETTLE)
                .untilAsserted(() -> assertThat(state()).isEqualTo(before));
        return run;
    }

    private static boolean happened(List<JsonNode> journal, String type) {
        return journal.stream().anyMatch(entry -> entry.path("type").asText().equals(type));
    }

    /** The objects of teams and tenants and what the harness makes, each with the version of what is asked of it. */
    private static SortedMap<String, String> state() throws IOException {
        try (KubernetesClient client = platform.client()) {
            SortedMap<String, String> state = new TreeMap<>();
            Stream.<Collection<? extends HasMetadata>>of(
                            client.pods().inAnyNamespace().list().getItems(),
                            client.services().inAnyNamespace().list().getItems(),
                            client.secrets().inAnyNamespace().list().getItems(),
                            client.resources(ResourceClaim.class)
                                    .inAnyNamespace()
                                    .list()
                                    .getItems())
                    .flatMap(Collection::stream)
                    .filter(object -> !object.getMetadata().getNamespace().equals("monitoring"))
                    .forEach(object -> state.put(
                            object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                                    + object.getMetadata().getName(),
                            object.getMetadata().getUid() + " "
                                    + object.getMetadata().getGeneration()));
            return state;
        }
    }

    private static void scalePrometheus(KubernetesClient client, int replicas) {
        var prometheus = client.apps().deployments().inNamespace("monitoring").withName("prometheus");
        prometheus.scale(replicas);
        if (replicas > 0) {
            prometheus.waitUntilReady(60, TimeUnit.SECONDS);
        }
    }
}
