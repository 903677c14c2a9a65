package airworthy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell script plays the load JVM. */
class LoadProcessTest {

    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final EngineHealth HEALTH = new EngineHealth(9, 8, 2, OptionalLong.empty(), 6, 5, 4, 3);
    private static final String READY = "echo '{\"type\":\"ready\",\"protocol\":" + Wire.PROTOCOL + ",\"users\":5}';";

    @Test
    void tellsHowItDiedWithItsLastWords() {
        assertThatThrownBy(() -> start("echo out of memory >&2; exit 3"))
                .isInstanceOf(LoadEngineDied.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("out of memory");
    }

    @Test
    void failsAnOrderWhenItDiesInstead() throws IOException, InterruptedException {
        try (LoadProcess load = start(READY + "read order; echo killed >&2; exit 137")) {
            assertThatThrownBy(() -> load.start(Samples.order("s")))
                    .isInstanceOf(LoadEngineDied.class)
                    .hasMessageContaining("killed");
            assertThatThrownBy(() -> load.stop("s")).isInstanceOf(LoadEngineDied.class);
        }
    }

    @Test
    void failsARefusedOrderWithTheReason() throws IOException, InterruptedException {
        try (LoadProcess load = start(READY
                + "read order; echo '{\"type\":\"refused\",\"stream\":\"s\",\"why\":\"no such profile\"}'; cat")) {
            assertThatThrownBy(() -> load.start(Samples.order("s"))).hasMessageContaining("no such profile");
        }
    }

    @Test
    void countsWhatWasSent() throws IOException, InterruptedException {
        try (LoadProcess load =
                start(READY + "read order; echo '{\"type\":\"counted\",\"stream\":\"s\",\"sent\":41}'; cat")) {
            assertThat(load.sent("s")).isEqualTo(41);
        }
    }

    @Test
    void tellsHowFarAnotherClockIsAheadAndHowWellThatIsKnown() throws IOException, InterruptedException {
        assertThat(ClockOffset.of(100, 5_150, 300)).isEqualTo(new ClockOffset(4_950, 100));
        try (LoadProcess load =
                start(READY + "while read question; do echo '{\"type\":\"clock\",\"nowNs\":7}'; done")) {
            long beforeNs = System.nanoTime();
            ClockOffset offset = load.clock();
            long afterNs = System.nanoTime();

            assertThat(7 - offset.ns()).isBetween(beforeNs, afterNs);
            assertThat(offset.errorNs()).isPositive().isLessThan((afterNs - beforeNs) / 8);
        }
    }

    @Test
    void anEngineElsewhereIsToldToBeginAndHasItsTimesTurnedIntoOurs(@TempDir Path folder)
            throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        RequestNotices sender = new RequestNotices(notice -> lines.add(new Wire().line(notice)));
        sender.add(Samples.answered());
        lines.add(new Wire().line(new Notice.Finished(sender.finish(), HEALTH)));
        Files.write(folder.resolve("notices"), lines);
        Path log = folder.resolve("requests-1.jsonl");
        Process process = shell("read begin; echo \"$begin\" >begin;" + READY
                        + "for i in $(seq 16); do read q; echo '{\"type\":\"clock\",\"nowNs\":-5}'; done;"
                        + "read order; echo \"$order\" >order; echo '{\"type\":\"started\",\"stream\":\"s\"}';"
                        + "read finish; cat notices; cat")
                .directory(folder.toFile())
                .start();
        try (LoadProcess.Attached attached = LoadProcess.attach(FarEnd.of(process), log, _ -> {})) {
            LoadProcess load = attached.awaitReady(WITHIN);
            ClockOffset clock = load.toldBy();
            load.start(Samples.order("s"), 1_000);
            LoadLog finished = load.finish();

            assertThat(wire(folder.resolve("begin"))).isEqualTo(new Command.Begin());
            assertThat(wire(folder.resolve("order")))
                    .isEqualTo(new Command.Start(Samples.order("s"), 1_000 + clock.ns()));
            assertThat(finished).isEqualTo(new LoadLog(log, RequestLog.sha256(log), 1));
            assertThat(RequestLog.read(log))
                    .singleElement()
                    .extracting(RequestRecord::intendedNs)
                    .isEqualTo(Samples.answered().intendedNs() - clock.ns());
        }
    }

    @Test
    void recordsThatDoNotAllArriveFailTheFinish(@TempDir Path folder) throws IOException, InterruptedException {
        RequestNotices sender = new RequestNotices(_ -> {});
        sender.add(Samples.answered());
        String finished = new Wire().line(new Notice.Finished(sender.finish(), HEALTH));
        Process process = shell("read begin;" + READY
                        + "for i in $(seq 16); do read q; echo '{\"type\":\"clock\",\"nowNs\":-5}'; done;"
                        + "read finish; echo '" + finished + "'; cat")
                .start();
        try (LoadProcess.Attached attached =
                LoadProcess.attach(FarEnd.of(process), folder.resolve("requests.jsonl"), _ -> {})) {
            LoadProcess load = attached.awaitReady(WITHIN);

            assertThatThrownBy(load::finish).hasMessageContaining("found 0, expected the 1 that were sent");
        }
    }

    private static Command wire(Path file) throws IOException {
        return new Wire().command(Files.readString(file));
    }

    @Test
    void refusesAnotherProtocol() {
        assertThatThrownBy(() -> start("echo '{\"type\":\"ready\",\"protocol\":999,\"users\":5}'; cat"))
                .hasMessageContaining("999")
                .hasMessageContaining("protocol " + Wire.PROTOCOL);
    }

    @Test
    void doesNotWaitForEverForAnEngineThatIsNeverReady() {
        assertThatThrownBy(() -> LoadProcess.start(shell("cat"), Duration.ofMillis(50), _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PT0.05S");
    }

    @Test
    void handsOnProgress() throws IOException, InterruptedException {
        AtomicInteger heard = new AtomicInteger();
        try (LoadProcess load = LoadProcess.start(
                shell(
                        "echo '{\"type\":\"progress\",\"progress\":{\"scheduled\":3,\"inFlight\":1,\"outcomes\":{\"OK\":2}}}';"
                                + READY + "cat"),
                WITHIN,
                progress -> heard.set((int) progress.scheduled()))) {
            assertThat(load).isNotNull();
            assertThat(heard).hasValue(3);
        }
    }

    private static LoadProcess start(String script) throws IOException, InterruptedException {
        return LoadProcess.start(shell(script), WITHIN, _ -> {});
    }

    private static ProcessBuilder shell(String script) {
        return new ProcessBuilder("/bin/sh", "-c", script);
    }
}
