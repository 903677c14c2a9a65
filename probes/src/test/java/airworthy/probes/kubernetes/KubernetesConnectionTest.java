package airworthy.probes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.ObjectRef;
import airworthy.model.PlatformProfile;
import airworthy.probes.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesConnectionTest {
    private static final String POD = """
        {apiVersion: v1, kind: Pod, metadata: {name: chat-0, namespace: team-a}}
        """;
    private static final String PATH = "/api/v1/namespaces/team-a/pods/chat-0";
    private static final ObjectRef REF = new ObjectRef("v1", "Pod", Optional.of("team-a"), "chat-0");
    private static final Duration TOLD = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void theVersionIsTheServersOwn() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            api.answer("/version", 200, "{\"gitVersion\": \"v1.36.0+simulated\"}");

            assertThat(api.connection().version()).isEqualTo(new Reading.Present<>("v1.36.0+simulated"));
        }
    }

    @Test
    void anObjectIsReadAsText() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            assertThat(api.connection().get(REF))
                    .isInstanceOfSatisfying(
                            Reading.Present.class,
                            present -> assertThat(present.value().toString()).contains("\"chat-0\""));
        }
    }

    @Test
    void anObjectThatAWorkingApiDoesNotHaveIsAbsent() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            ObjectRef other = new ObjectRef("v1", "Pod", Optional.of("team-a"), "chat-1");

            assertThat(api.connection().get(other)).isInstanceOf(Reading.Absent.class);
        }
    }

    @Test
    void aGroupThatIsNotServedIsAbsent() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            ObjectRef claim = new ObjectRef("resource.k8s.io/v1", "ResourceClaim", Optional.of("team-a"), "x");

            assertThat(api.connection().get(claim))
                    .isEqualTo(new Reading.Absent<>("the API server does not serve resource.k8s.io/v1"));
        }
    }

    @Test
    void missingPermissionIsUnreadableAndNeverAbsent() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            api.answer(PATH, 403, "{\"kind\": \"Status\", \"message\": \"pods is forbidden\"}");

            assertUnreadable(api.connection().get(REF), "403", "pods is forbidden", "grant");
        }
    }

    @Test
    void anExpiredTokenIsUnreadableAndSaysWhatToRenew() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            api.answer(PATH, 401, "{\"kind\": \"Status\", \"message\": \"Unauthorized\"}");

            assertUnreadable(api.connection().get(REF), "401", "Unauthorized", "renew");
        }
    }

    @Test
    void aPageInPlaceOfJsonIsUnreadableAndQuoted() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            api.answer(PATH, 200, "<html><body>Please log in</body></html>");

            assertUnreadable(api.connection().get(REF), "expected JSON", "<html><body>Please log in");
        }
    }

    @Test
    void aPageThatSaysNotFoundIsUnreadableToo() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            api.answer(PATH, 404, "<html>no such site</html>");

            assertUnreadable(api.connection().get(REF), "expected JSON", "no such site");
        }
    }

    @Test
    void aServersOwnFailureIsUnreadable() throws Exception {
        try (CannedApi api = new CannedApi(POD)) {
            api.answer(PATH, 500, "{\"kind\": \"Status\", \"message\": \"etcd is down\"}");

            assertUnreadable(api.connection().get(REF), "500", "etcd is down");
        }
    }

    @Test
    void aRefusedConnectionIsToldInTime() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path kubeconfig = CannedApi.write(folder.resolve("kubeconfig"), "https://127.0.0.1:" + port);
        Instant start = Instant.now();
        try (KubernetesConnection cluster = CannedApi.open(kubeconfig)) {
            assertUnreadable(cluster.version(), "/version", "connection refused");
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(TOLD);
    }

    @Test
    void aClusterThatNeverAnswersIsToldInTimeAndMayBeInterruptedSooner() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KubernetesConnection cluster = CannedApi.open(
                        CannedApi.write(folder.resolve("kubeconfig"), "http://127.0.0.1:" + silent.getLocalPort()))) {
            FutureTask<Reading<String>> interrupted = new FutureTask<>(cluster::version);
            Thread reader = Thread.ofVirtual().start(interrupted);
            Instant start = Instant.now();

            reader.interrupt();

            assertThatThrownBy(interrupted::get).hasCauseInstanceOf(InterruptedException.class);
            assertUnreadable(cluster.version(), "no answer within 4 s");
            assertThat(Duration.between(start, Instant.now())).isLessThan(TOLD);
        }
    }

    @Test
    void aMissingKubeconfigIsNamed() {
        Path missing = folder.resolve("none");

        assertUnreadable(open(missing, Optional.empty()), missing.toString(), "no such file", "cluster.kubeconfig");
    }

    @Test
    void anUnknownContextIsToldWithThoseThatAreThere() throws IOException {
        assertUnreadable(
                open(CannedApi.write(folder.resolve("kubeconfig"), "http://127.0.0.1:1"), Optional.of("three")),
                "found contexts [one, two]",
                "expected one named three");
    }

    @Test
    void aFileThatIsNoKubeconfigIsToldSo() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "just words");

        assertUnreadable(open(file, Optional.empty()), file.toString(), "not a kubeconfig");
    }

    @Test
    void noMessageRepeatsCredentialsOfTheServersAddress() throws Exception {
        Path kubeconfig = CannedApi.write(folder.resolve("kubeconfig"), "http://user:sesame@127.0.0.1:1");

        try (KubernetesConnection cluster = CannedApi.open(kubeconfig)) {
            assertThat(cluster.version().toString())
                    .contains("http://127.0.0.1:1/version")
                    .doesNotContain("sesame");
        }
    }

    private static Reading<KubernetesConnection> open(Path kubeconfig, Optional<String> context) {
        return KubernetesConnection.open(new PlatformProfile.Cluster(kubeconfig, context));
    }

    private static void assertUnreadable(Reading<?> reading, String... words) {
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains(words));
    }
}
