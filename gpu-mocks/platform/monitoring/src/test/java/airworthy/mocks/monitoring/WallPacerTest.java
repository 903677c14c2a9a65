package airworthy.mocks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WallPacerTest {
    @Test
    void repeatsUntilCancelledAndStartsNothingOnceClosed() {
        WallPacer pacer = new WallPacer();
        AtomicInteger runs = new AtomicInteger();
        Pacer.Task task = pacer.every(Duration.ofMillis(5), runs::incrementAndGet);
        await().until(() -> runs.get() >= 3);
        task.cancel();
        pacer.close();
        AtomicInteger late = new AtomicInteger();
        pacer.after(Duration.ZERO, late::incrementAndGet);
        assertThat(late).hasValue(0);
    }

    @Test
    void runsADelayedActionOnceUnlessItIsCancelled() {
        try (WallPacer pacer = new WallPacer()) {
            AtomicInteger cancelled = new AtomicInteger();
            pacer.after(Duration.ofHours(1), cancelled::incrementAndGet).cancel();
            AtomicInteger ran = new AtomicInteger();
            pacer.after(Duration.ofMillis(1), ran::incrementAndGet);
            await().until(() -> ran.get() == 1);
            assertThat(cancelled).hasValue(0);
        }
    }
}
