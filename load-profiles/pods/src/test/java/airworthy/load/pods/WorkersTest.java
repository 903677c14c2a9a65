package airworthy.load.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From making a Job until it is seen gone, at an API server that is played. */
class WorkersTest {
    private final PlayedApi api = new PlayedApi();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
    }

    private Workers start() throws NoWorkersException, InterruptedException {
        return Workers.start(api.connection(), LoadJobTest.job("1"), told::add, () -> false);
    }

    @Test
    void waitsUntilAllRunAndDeletesThemInTheForeground() throws Exception {
        api.podsRunAfter(2);

        try (Workers workers = start()) {
            assertThat(workers).isNotNull();
            assertThat(told).singleElement().asString().contains("Job load/airworthy-load-7f3a9c01", "0 of 3 run");
            assertThat(api.deletion()).isEmpty();
        }

        assertThat(api.deletion())
                .hasValueSatisfying(options ->
                        assertThat(options).contains("\"propagationPolicy\":\"Foreground\"", "\"uid\":\"u-1\""));
        assertThat(api.left()).isFalse();
    }

    @Test
    void aPodThatCannotRunIsToldAndTheJobIsGone() throws Exception {
        api.podsWaitFor("ErrImageNeverPull");

        assertThatThrownBy(this::start)
                .isInstanceOf(NoWorkersException.class)
                .hasMessageContaining("waiting for the workers of Job load/airworthy-load-7f3a9c01")
                .hasMessageContaining("ErrImageNeverPull")
                .hasMessageContaining("--worker-image")
                .hasNoSuppressedExceptions();
        assertThat(api.left()).isFalse();
    }

    @Test
    void whoIsToldToStopWaitsNoLonger() {
        assertThatThrownBy(() -> Workers.start(api.connection(), LoadJobTest.job("1"), told::add, () -> true))
                .isInstanceOf(NoWorkersException.class)
                .hasMessageContaining("told to stop");
        assertThat(api.left()).isFalse();
    }

    @Test
    void aLoginThatMayNotMakeJobsIsToldWhatItNeedsAndNothingIsLookedFor() {
        api.refuse("POST", 403, "jobs.batch is forbidden");

        assertThatThrownBy(this::start)
                .isInstanceOf(NoWorkersException.class)
                .hasMessageContaining("403, jobs.batch is forbidden")
                .hasMessageContaining("access.yaml")
                .hasNoSuppressedExceptions();
        assertThat(api.deletion()).isEmpty();
    }

    @Test
    void anInterruptDoesNotKeepItFromPuttingAway() throws Exception {
        api.podsRunAfter(0);
        Workers workers = start();

        Thread.currentThread().interrupt();
        workers.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(api.left()).isFalse();
    }
}
