package airworthy.probes.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import airworthy.probes.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachedContainerTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void whatItIsToldItReadsAndWhatItSaysIsHeard() throws Exception {
        try (PlayedContainer played = new PlayedContainer(101);
                KubernetesConnection api = open(played);
                AttachedContainer container = attach(api)) {
            tell(container, "hello\n");

            assertThat(reader(container.output()).readLine()).isEqualTo("said hello");
            assertThat(reader(container.error()).readLine()).isEqualTo("heard hello");
            assertThat(played.events().take())
                    .startsWith("GET /api/v1/namespaces/load/pods/w-0/attach?")
                    .contains("container=load", "stdin=true", "stdout=true", "stderr=true");
            assertThat(container.awaitEnd(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void itsEndEndsItsStreams() throws Exception {
        try (PlayedContainer played = new PlayedContainer(101);
                KubernetesConnection api = open(played);
                AttachedContainer container = attach(api)) {
            tell(container, "hello\n");
            tell(container, "exit\n");

            assertThat(reader(container.output()).lines()).containsExactly("said hello");
            assertThat(container.awaitEnd(WITHIN)).isTrue();
        }
    }

    @Test
    void closingItsInputEndsTheSession() throws Exception {
        try (PlayedContainer played = new PlayedContainer(101);
                KubernetesConnection api = open(played);
                AttachedContainer container = attach(api)) {
            container.input().close();

            assertThat(played.events().take()).startsWith("GET ");
            assertThat(played.events().poll(WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                    .isEqualTo("closed");
        }
    }

    @Test
    void whoMayNotIsToldWhatToGrant() throws Exception {
        try (PlayedContainer played = new PlayedContainer(403);
                KubernetesConnection api = open(played)) {
            assertThat(api.attach("load", "w-0", "load"))
                    .isInstanceOfSatisfying(
                            Reading.Unreadable.class,
                            unreadable -> assertThat(unreadable.why())
                                    .contains(
                                            "attach to container load of pod load/w-0",
                                            "403",
                                            "grant get and create on" + " pods/attach"));
        }
    }

    private KubernetesConnection open(PlayedContainer played) throws IOException {
        return CannedApi.open(CannedApi.write(folder.resolve("kubeconfig"), played.server()));
    }

    private static AttachedContainer attach(KubernetesConnection api) throws InterruptedException {
        if (api.attach("load", "w-0", "load") instanceof Reading.Present<AttachedContainer>(AttachedContainer found)) {
            return found;
        }
        throw new AssertionError("not attached");
    }

    private static void tell(AttachedContainer container, String line) throws IOException {
        container.input().write(line.getBytes(StandardCharsets.UTF_8));
        container.input().flush();
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }
}
