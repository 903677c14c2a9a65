package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import airworthy.mocks.kubernetes.runtime.ContainerExit;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image of somebody else's runs as a process of its own, at the pod's address, and ends with its pod. */
class ImagePodTest {

    @TempDir
    private Path lib;

    /** What such an image may hold: says what it was told, at the address that it was told. */
    public static final class Told {
        private Told() {}

        /** The address, and anything else. */
        public static void main(String... args) throws IOException {
            String[] listen = args[0].split(":", 2);
            HttpServer http = HttpServer.create(new InetSocketAddress(listen[0], Integer.parseInt(listen[1])), 0);
            http.createContext("/", exchange -> {
                try (exchange) {
                    byte[] said =
                            (String.join(" ", args) + " " + System.getenv("WHO")).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, said.length);
                    exchange.getResponseBody().write(said);
                }
            });
            http.start();
            System.out.println("listening");
        }
    }

    @Test
    void itsArgumentsLeadToThePodAndToServices() throws IOException {
        jar();
        int port = freePort();
        ImageFiles image = ImageFiles.parse("team/told=" + lib + "," + Told.class.getName());
        PodSandbox.Container container = new PodSandbox.Container(
                "main",
                "team/told:1",
                List.of("0.0.0.0:" + port, "--upstream", "store.models:80"),
                Map.of("WHO", "me"),
                List.of(port),
                Optional.of(new PodSandbox.Probe("/", port, 3)));
        PodSandbox pod = pod(container);

        try (RunningPod running = ImagePod.start(
                image, pod, container, (namespace, service) -> List.of(new InetSocketAddress("127.32.1.1", 8081)))) {
            await().until(running::ready);
            assertThat(ask(port)).isEqualTo("127.0.0.1:" + port + " --upstream 127.32.1.1:8081 me");
            await().until(() -> running.log().equals("listening\n"));
        }

        assertThatThrownBy(() -> ask(port)).isInstanceOf(IOException.class);
    }

    @Test
    void aProgramIsAnImageToo() throws IOException {
        Path program = Files.writeString(lib.resolve("serve"), "#!/bin/sh\necho \"$1 $2 $WHO\"\nexec cat\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        PodSandbox.Container container = new PodSandbox.Container(
                "main",
                "team/serve",
                List.of("0.0.0.0:80", "store.models:80"),
                Map.of("WHO", "me"),
                List.of(),
                Optional.empty());

        try (RunningPod running = ImagePod.start(
                ImageFiles.parse("team/serve=" + program),
                pod(container),
                container,
                (namespace, service) -> List.of(new InetSocketAddress("127.32.1.1", 8081)))) {
            await().until(() -> running.log().equals("127.0.0.1:80 127.32.1.1:8081 me\n"));
            assertThat(running.ready()).isTrue();
        }
    }

    @Test
    void aProcessThatEndsIsAContainerThatEndedWithItsLastWords() throws IOException {
        Path program = Files.writeString(
                lib.resolve("serve"), "#!/bin/sh\necho coming up\necho 'the artefact is broken' >&2\nexit 65\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        try (RunningPod running = program(program, Map.of(), (namespace, service) -> List.of())) {
            await().until(() -> running.exited().isPresent());

            ContainerExit exit = running.exited().orElseThrow();
            assertThat(exit.code()).isEqualTo(65);
            assertThat(exit.text()).isEqualTo("the artefact is broken");
            assertThat(running.ready()).isFalse();
        }
    }

    @Test
    void aProcessThatRunsHasNotEnded() throws IOException {
        Path program = Files.writeString(lib.resolve("serve"), "#!/bin/sh\nexec cat\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        try (RunningPod running = program(program, Map.of(), (namespace, service) -> List.of())) {
            assertThat(running.exited()).isEmpty();
        }
    }

    @Test
    void aVariableThatNamesAServiceLeadsToItsPodOnceThereIsOne() throws IOException {
        Path program = Files.writeString(lib.resolve("serve"), "#!/bin/sh\necho \"$STORE $OTHER\"\nexec cat\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        AtomicInteger asked = new AtomicInteger();
        ServiceAddresses later = (namespace, service) ->
                asked.incrementAndGet() < 3 ? List.of() : List.of(new InetSocketAddress("127.32.1.1", 8081));

        try (RunningPod running =
                program(program, Map.of("STORE", "http://store.models:80/a", "OTHER", "http://127.0.0.1:1"), later)) {
            await().until(() -> running.log().equals("http://127.32.1.1:8081/a http://127.0.0.1:1\n"));
        }
    }

    private static RunningPod program(Path program, Map<String, String> env, ServiceAddresses services)
            throws IOException {
        PodSandbox.Container container =
                new PodSandbox.Container("main", "team/serve", List.of(), env, List.of(), Optional.empty());
        return ImagePod.start(ImageFiles.parse("team/serve=" + program), pod(container), container, services);
    }

    @Test
    void anImageIsWrittenWithItsFolderAndItsEntryPoint() {
        assertThat(ImageFiles.parse("a/b=" + lib + ",x.Main"))
                .isEqualTo(new ImageFiles("a/b", lib, Optional.of("x.Main")));
        assertThatThrownBy(() -> ImageFiles.parse("a/b"))
                .hasMessageContaining("found 'a/b', expected NAME=FOLDER,CLASS or NAME=PROGRAM");
        assertThatThrownBy(() -> ImageFiles.parse("a/b=" + lib.resolve("none")))
                .hasMessageContaining("found no program " + lib.resolve("none"));
        assertThatThrownBy(() -> ImageFiles.parse("a/b=/no/such,x.Main"))
                .hasMessageContaining("found no folder /no/such");
    }

    private static PodSandbox pod(PodSandbox.Container container) {
        return new PodSandbox(
                "team",
                "pod",
                "uid",
                "node",
                "127.0.0.1",
                Map.of(),
                Map.of(),
                List.of(container),
                List.of(),
                Duration.ofSeconds(5));
    }

    private void jar() throws IOException {
        String file = Told.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(lib.resolve("told.jar"));
                JarOutputStream jar = new JarOutputStream(out);
                InputStream bytes = Objects.requireNonNull(
                        ImagePodTest.class.getClassLoader().getResourceAsStream(file))) {
            jar.putNextEntry(new JarEntry(file));
            bytes.transferTo(jar);
        }
    }

    private static String ask(int port) throws IOException {
        try (InputStream answer =
                URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
