package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.runtime.PodRuntime;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One pod's life on its own thread: started, polled for readiness, ended. */
final class PodWorker {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PodSandbox sandbox;
    private final PodRuntime runtime;
    private final PodStatusWriter status;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable RunningPod running;

    PodWorker(PodSandbox sandbox, PodRuntime runtime, PodStatusWriter status) {
        this.sandbox = sandbox;
        this.runtime = runtime;
        this.status = status;
    }

    PodSandbox sandbox() {
        return sandbox;
    }

    /** Asks the pod to end; its thread returns soon after. */
    void stop() {
        stopped.countDown();
    }

    /** What the pod has written; empty before it runs. */
    Optional<String> log() {
        return Optional.ofNullable(running).map(RunningPod::log);
    }

    /** Runs the pod until {@link #stop} or an interrupt; a start that fails is reported and tried again. */
    void run() throws InterruptedException {
        boolean over = stopped.getCount() == 0;
        while (!over) {
            try (RunningPod started = runtime.start(sandbox)) {
                running = started;
                poll(started);
                over = true;
            } catch (IOException cannotStart) {
                status.waiting(sandbox, String.valueOf(cannotStart.getMessage()));
                over = await(RETRY);
            } finally {
                running = null;
            }
        }
    }

    private void poll(RunningPod started) throws InterruptedException {
        boolean last = started.ready();
        status.running(sandbox, last);
        while (!await(POLL)) {
            boolean now = started.ready();
            if (now != last) {
                status.running(sandbox, now);
                last = now;
            }
        }
    }

    private boolean await(Duration time) throws InterruptedException {
        return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
