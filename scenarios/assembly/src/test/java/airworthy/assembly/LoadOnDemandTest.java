package airworthy.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.load.LoadEngine;
import airworthy.load.LoadLog;
import airworthy.load.RequestLog;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadOnDemandTest {
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path folder;

    @Test
    void whatNobodyNeedsIsNeverStartedAndLeavesAnEmptyLog() throws Exception {
        Path log = folder.resolve("requests.jsonl");
        LoadLog finished;
        try (LoadOnDemand load = onDemand(log)) {
            finished = load.finish();
        }

        assertThat(calls).isEmpty();
        assertThat(finished.records()).isZero();
        assertThat(finished.sha256()).isEqualTo(RequestLog.sha256(log));
    }

    @Test
    void theFirstOrderStartsIt() throws Exception {
        try (LoadOnDemand load = onDemand(folder.resolve("requests.jsonl"))) {
            load.start(order());
            load.start(order());
            assertThat(load.sent("s")).isEqualTo(7);
            load.stop("s");
            load.finish();
        }

        assertThat(calls).containsExactly("begin", "start", "start", "sent", "stop", "finish", "close");
    }

    @Test
    void anEngineThatIsStillStartingIsClosedOnceItHas() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        LoadOnDemand load = new LoadOnDemand(folder.resolve("requests.jsonl"), () -> {
            slow.await();
            return new Recorded();
        });
        load.warmUp();
        Thread closing = Thread.ofVirtual().start(load::close);
        slow.countDown();
        closing.join();

        assertThat(calls).containsExactly("close");
    }

    @Test
    void aFailedStartFailsEveryOrderWithItsReason() throws Exception {
        try (LoadOnDemand load = new LoadOnDemand(folder.resolve("requests.jsonl"), () -> {
            throw new IOException("no memory");
        })) {
            assertThatThrownBy(() -> load.start(order()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no memory");
            assertThatThrownBy(load::finish).hasMessage("no memory");
        }
    }

    @Test
    void aStreamThatWasNeverStartedIsNotCounted() {
        try (LoadOnDemand load = onDemand(folder.resolve("requests.jsonl"))) {
            assertThatThrownBy(() -> load.sent("s")).hasMessageContaining("no stream s is running");
        }
    }

    private LoadOnDemand onDemand(Path log) {
        return new LoadOnDemand(log, () -> {
            calls.add("begin");
            return new Recorded();
        });
    }

    private static StreamOrder order() {
        Duration second = Duration.ofSeconds(1);
        return new StreamOrder(
                "s",
                URI.create("http://127.0.0.1:1/v1"),
                "m",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                "chat",
                new Timeouts(second, second, second),
                1);
    }

    private final class Recorded implements LoadEngine {
        @Override
        public void start(StreamOrder order) {
            calls.add("start");
        }

        @Override
        public long sent(String stream) {
            calls.add("sent");
            return 7;
        }

        @Override
        public void stop(String stream) {
            calls.add("stop");
        }

        @Override
        public LoadLog finish() {
            calls.add("finish");
            return new LoadLog(Path.of("requests.jsonl"), "00", 0);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
