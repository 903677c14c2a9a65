package airworthy.load.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import airworthy.load.FarEnd;
import airworthy.load.LoadLog;
import airworthy.load.LoadProcess;
import airworthy.load.LoadProgress;
import airworthy.load.RequestLog;
import airworthy.load.RequestNotices;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load JVM as the harness meets it: a process and its pipes. */
class LoadMainTest {

    private static final Duration WITHIN = Duration.ofSeconds(50);

    @Test
    void sendsAsOrderedAndHandsOverItsLog(@TempDir Path folder) throws IOException, InterruptedException {
        AtomicReference<LoadProgress> progress = new AtomicReference<>(new LoadProgress(0, 0, Map.of()));
        Path file = folder.resolve("load/requests.jsonl");
        try (FaultServer server = new FaultServer(Map.of(
                        "m", reply -> reply.stream().token().finish().done().end()));
                LoadProcess load = LoadProcess.start(command(file), WITHIN, progress::set)) {
            long before = System.nanoTime();
            load.start(order("target", server));
            load.start(order("warm-up", server));
            assertThatThrownBy(() -> load.start(order("target", server))).hasMessageContaining("is running already");
            assertThatThrownBy(() -> load.stop("other")).hasMessageContaining("no stream other is running");
            await().until(() -> progress.get().outcomes().getOrDefault(RequestOutcome.OK, 0L) > 5);
            assertThat(load.sent("target")).isGreaterThan(5);
            load.stop("target");
            LoadLog log = load.finish();

            List<RequestRecord> records = RequestLog.read(file);
            assertThat(log.records()).isEqualTo(records.size());
            assertThat(log.sha256()).isEqualTo(RequestLog.sha256(file));
            assertThat(load.health().orElseThrow().gcPauses())
                    .as("the collection before the beginning is not counted, and none is needed for this")
                    .isZero();
            assertThat(records).extracting(RequestRecord::stream).containsOnly("target");
            assertThat(records).extracting(RequestRecord::outcome).containsOnly(RequestOutcome.OK);
            assertThat(records.getFirst().intendedNs())
                    .as("both JVMs read one monotonic clock")
                    .isBetween(before, System.nanoTime());
        }
    }

    @Test
    void withoutALogItWaitsToBeToldToBeginAndSendsItsRecords(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path file = folder.resolve("requests-1.jsonl");
        Process process = command(RequestNotices.NO_FILE).start();
        try (FaultServer server = new FaultServer(Map.of(
                        "m", reply -> reply.stream().token().finish().done().end()));
                LoadProcess.Attached attached = LoadProcess.attach(FarEnd.of(process), file, seen -> {})) {
            LoadProcess load = attached.awaitReady(WITHIN);
            load.start(order("target", server));
            await().until(() -> load.sent("target") > 5);
            load.stop("target");
            LoadLog log = load.finish();

            List<RequestRecord> records = RequestLog.read(file);
            assertThat(log).isEqualTo(new LoadLog(file.toAbsolutePath(), RequestLog.sha256(file), records.size()));
            assertThat(records)
                    .hasSizeGreaterThan(5)
                    .extracting(RequestRecord::stream)
                    .containsOnly("target");
            assertThat(records).extracting(RequestRecord::outcome).containsOnly(RequestOutcome.OK);
            assertThat(process.waitFor(WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    @Test
    void aStreamWithABoundSendsNoMoreWhileAnotherGoesOn(@TempDir Path folder) throws IOException, InterruptedException {
        try (FaultServer server = new FaultServer(Map.of(
                        "m", reply -> reply.stream().token().finish().done().end()));
                LoadProcess load = LoadProcess.start(command(folder.resolve("requests.jsonl")), WITHIN, seen -> {})) {
            load.start(order("few", server, OptionalInt.of(3)));
            load.start(order("many", server));
            await().until(() -> load.sent("many") > 9);

            assertThat(load.sent("few")).isEqualTo(3);
            load.stop("few");
        }
    }

    @Test
    void endsWhenItsInputCloses(@TempDir Path folder) throws IOException, InterruptedException {
        endsWithItsInput(folder.resolve("requests.jsonl"));
    }

    @Test
    void endsWhenItsInputClosesBeforeItWasToldToBegin() throws IOException, InterruptedException {
        endsWithItsInput(RequestNotices.NO_FILE);
    }

    private static void endsWithItsInput(Path log) throws IOException, InterruptedException {
        Process process =
                command(log).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            process.getOutputStream().close();

            assertThat(process.waitFor(WITHIN.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static ProcessBuilder command(Path log) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LoadMain.class.getName(),
                log.toString(),
                "20");
    }

    private static StreamOrder order(String stream, FaultServer server) {
        return order(stream, server, OptionalInt.empty());
    }

    private static StreamOrder order(String stream, FaultServer server, OptionalInt most) {
        Duration limit = Duration.ofSeconds(10);
        return new StreamOrder(
                stream,
                server.url(),
                "m",
                Optional.of("secret"),
                Optional.of("7f3a"),
                Optional.empty(),
                20,
                1,
                "chat",
                new Timeouts(limit, limit, limit),
                8,
                most);
    }
}
