package airworthy.mocks.kubernetes.control;

import airworthy.mocks.kubernetes.runtime.ContainerExit;
import airworthy.mocks.kubernetes.runtime.PodRuntime;
import airworthy.mocks.kubernetes.runtime.PodSandbox;
import airworthy.mocks.kubernetes.runtime.RunningPod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable RunningPod running;

    PodWorker(PodSandbox sandbox, PodRuntime runtime, PodStatusWriter status, InstantSource clock) {
        this.sandbox = sandbox;
        this.runtime = runtime;
        this.status = status;
        this.clock = clock;
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

    /**
     * Runs the pod until {@link #stop} or an interrupt; a start that fails is reported and tried again, and so is a container
     * that ends by itself.
     */
    void run() throws InterruptedException {
        boolean over = stopped.getCount() == 0;
        Restarts restarts = Restarts.NONE;
        while (!over) {
            Instant begun = clock.instant();
            if (restarts.exits() > 0) {
                status.running(sandbox, false, restarts);
            }
            try (RunningPod started = runtime.start(sandbox)) {
                running = started;
                poll(started, restarts);
                over = true;
            } catch (ContainerExit ended) {
                restarts = restarts.and(new Restarts.Ended(ended, begun, clock.instant()));
                if (restarts.pause().isPositive()) {
                    status.backingOff(sandbox, restarts);
                }
                over = await(restarts.pause());
            } catch (IOException cannotStart) {
                status.waiting(sandbox, String.valueOf(cannotStart.getMessage()));
                over = await(RETRY);
            } finally {
                running = null;
            }
        }
    }

    private void poll(RunningPod started, Restarts restarts) throws ContainerExit, InterruptedException {
        boolean last = started.ready();
        status.running(sandbox, last, restarts);
        while (!await(POLL)) {
            Optional<ContainerExit> exit = started.exited();
            if (exit.isPresent()) {
                throw exit.get();
            }
            boolean now = started.ready();
            if (now != last) {
                status.running(sandbox, now, restarts);
                last = now;
            }
        }
    }

    private boolean await(Duration time) throws InterruptedException {
        return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
