package airworthy.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may get wrong ends in a clear message or an honest finding, and leaves the platform as it was. */
@ExtendWith(Shared.class)
@ResourceLock(Shared.PLATFORM)
class BadInputTest {
    /** A cluster that does not answer is told within 5 s; the rest is for a JVM to start on a busy machine. */
    private static final Duration TOLD = Duration.ofSeconds(15);

    private static final String API = "127\\.[0-9]+\\.0\\.1:6443";

    @Test
    void aMissingProfileIsNamed(@TempDir Path temp) throws IOException, InterruptedException {
        Path missing = temp.resolve("nowhere/platform.yaml");

        Harness.Ended ended = assess(temp, missing).with(2);

        assertThat(ended.err()).contains(missing.toString(), "no such file");
    }

    @Test
    void anUnknownKeyIsToldWithItsPlaceAndTheNearestKnown(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Path profile = platform.profileWith(temp, "prometheus:", "promethius:");

        Harness.Ended ended = assess(temp, profile).with(2);

        assertThat(ended.err())
                .containsPattern(":[0-9]+:[0-9]+: promethius: ")
                .contains("did you mean \"prometheus\"?");
    }

    @Test
    void aClusterThatRefusesConnectionsIsToldInTime(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        int nobody;
        try (ServerSocket socket = listen()) {
            nobody = socket.getLocalPort();
        }
        long begun = System.nanoTime();

        Harness.Ended ended =
                assess(temp, withServer(platform, temp, "127.0.0.1:" + nobody)).with(2);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TOLD);
        assertThat(ended.err()).contains("127.0.0.1:" + nobody, "refused");
    }

    @Test
    void aClusterThatStaysSilentIsToldInTime(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        try (ServerSocket silent = listen()) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            long begun = System.nanoTime();

            Harness.Ended ended =
                    assess(temp, withServer(platform, temp, address)).with(2);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TOLD);
            assertThat(ended.err()).contains(address, "no answer");
        }
    }

    @Test
    void anExpiredTokenPassesNothing(Platform platform, @TempDir Path temp) throws IOException, InterruptedException {
        Dump before = platform.dump();
        String kubeconfig = Files.readString(platform.kubeconfig());
        Path profile =
                withKubeconfig(platform, temp, kubeconfig.replaceAll("(token: |//simulated:)[^@\\s]+", "$1expired"));

        Harness.Ended ended = assess(temp, profile);

        assertThat(ended.code())
                .as("exit code of\n%s\n%s", ended.out(), ended.err())
                .isIn(2, 3);
        assertThat(ended.out() + ended.err()).contains("401");
        if (ended.code() == 3) {
            assertThat(Run.in(temp.resolve("runs")).outcomes()).doesNotContainValue("met");
        }
        assertThat(platform.dump().fields()).isEqualTo(before.fields());
    }

    @Test
    void aPrometheusThatServesPagesForPeopleIsNotBelieved(Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Dump before = platform.dump();
        HttpServer signIn = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        signIn.createContext("/", exchange -> {
            byte[] page = "<!DOCTYPE html><html><body>Sign in</body></html>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        signIn.start();
        try {
            String real =
                    Catalogue.yaml(platform.profile()).at("/prometheus/url").asText();
            Path profile = platform.profileWith(
                    temp, real, "http://127.0.0.1:" + signIn.getAddress().getPort());

            Harness.Ended ended = assess(temp, profile).with(2);

            assertThat(ended.err()).contains("Prometheus");
        } finally {
            signIn.stop(0);
        }
        assertThat(platform.dump().fields()).isEqualTo(before.fields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alertmanager: absent\n"})
    void withoutAlertmanagerNoOwnerIsKnownToBeReached(String instead, Platform platform, @TempDir Path temp)
            throws IOException, InterruptedException {
        Dump before = platform.dump();
        String text = Files.readString(platform.profile());
        Path profile = Files.writeString(
                temp.resolve("platform.yaml"), text.replaceFirst("(?m)^alertmanager:.*\n( .*\n)*", instead));
        assertThat(profile).content().isNotEqualTo(text);

        Harness.Ended ended = assess(temp, profile, Catalogue.scenario("OWN-1").toString());

        assertThat(ended.code())
                .as("exit code of\n%s\n%s", ended.out(), ended.err())
                .isIn(1, 3);
        Map<String, String> outcomes = Run.in(temp.resolve("runs")).outcomes();
        assertThat(outcomes.get("OWN-1/withstand/receiver-exists")).isIn("not-met", "unknown");
        assertThat(platform.dump().fields()).isEqualTo(before.fields());
    }

    private static Harness.Ended assess(Path temp, Path profile, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "assess",
                "--platform",
                profile.toString(),
                "--runs",
                temp.resolve("runs").toString()));
        arguments.addAll(List.of(more));
        Harness.Ended ended = Harness.run(Harness.Priority.BACKGROUND, temp, arguments.toArray(String[]::new));
        assertThat((ended.out() + ended.err()).lines())
                .as("lines of a stack trace")
                .noneMatch(line -> line.startsWith("\tat "));
        assertThat(ended.out() + ended.err()).as("credentials").doesNotContain("sk-sim-");
        return ended;
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static Path withServer(Platform platform, Path temp, String address) throws IOException {
        return withKubeconfig(
                platform, temp, Files.readString(platform.kubeconfig()).replaceAll(API, address));
    }

    private static Path withKubeconfig(Platform platform, Path temp, String text) throws IOException {
        Path kubeconfig = Files.writeString(temp.resolve("kubeconfig"), text);
        return platform.profileWith(temp, platform.login().toString(), kubeconfig.toString());
    }
}
