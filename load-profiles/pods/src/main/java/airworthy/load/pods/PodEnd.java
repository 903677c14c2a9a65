package airworthy.load.pods;

import airworthy.load.FarEnd;
import airworthy.probes.kubernetes.AttachedContainer;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** A load JVM in a pod. */
final class PodEnd implements FarEnd {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Worker worker;
    private final AttachedContainer container;
    private final WorkerPods pods;
    private final String cut;

    /** @param pods to see in how it ended */
    PodEnd(Worker worker, AttachedContainer container, WorkerPods pods) {
        this.worker = worker;
        this.container = container;
        this.pods = pods;
        this.cut = "of " + worker.where() + " was cut off from here";
    }

    @Override
    public String where() {
        return worker.where();
    }

    @Override
    public OutputStream commands() {
        return container.input();
    }

    @Override
    public InputStream notices() {
        return container.output();
    }

    @Override
    public InputStream words() {
        return container.error();
    }

    /** Of a session that is over the pod's status is asked, which follows some moments later. */
    @Override
    public Optional<String> awaitEnd(Duration within) throws InterruptedException {
        long lastNs = System.nanoTime() + within.toNanos();
        if (!container.awaitEnd(within)) {
            return Optional.empty();
        }
        Optional<String> how = pods.ended(worker);
        while (how.isEmpty() && lastNs - System.nanoTime() > 0) {
            Thread.sleep(INTERVAL);
            how = pods.ended(worker);
        }
        return Optional.of(how.orElse(cut));
    }

    /** Lets go of it; the Job's own end ends it if it does not end by itself. */
    @Override
    public void kill() {
        container.close();
    }
}
