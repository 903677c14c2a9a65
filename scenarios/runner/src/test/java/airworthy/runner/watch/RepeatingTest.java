package airworthy.runner.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatingTest {
    @Test
    void repeatsUntilClosedAndNeverAfter() {
        AtomicInteger times = new AtomicInteger();
        Repeating repeating = Repeating.every(Duration.ofMillis(1), times::incrementAndGet);
        await().atMost(Duration.ofSeconds(10)).until(() -> times.get() > 3);

        repeating.close();

        int closed = times.get();
        await().during(Duration.ofMillis(30)).until(() -> times.get() == closed);
    }

    @Test
    void beginsAtOnceAndNotAfterTheFirstPause() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        try (Repeating repeating = Repeating.every(Duration.ofHours(1), began::countDown)) {
            assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(repeating).isNotNull();
        }
    }

    @Test
    void closingInterruptsALookThatHangsAndWaitsUntilItHasEnded() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Repeating repeating = Repeating.every(Duration.ofMillis(1), () -> {
            hangs.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.set(true);
            }
        });
        assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();

        repeating.close();

        assertThat(ended).isTrue();
    }

    @Test
    void closingKeepsAnInterruptOfTheCaller() {
        Repeating repeating = Repeating.every(Duration.ofHours(1), () -> {});
        Thread.currentThread().interrupt();

        repeating.close();

        assertThat(Thread.interrupted()).isTrue();
    }
}
