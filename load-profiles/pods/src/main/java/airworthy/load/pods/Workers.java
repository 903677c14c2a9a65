package airworthy.load.pods;

import airworthy.load.FarEnd;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.ApiAnswer;
import airworthy.probes.kubernetes.AttachedContainer;
import airworthy.probes.kubernetes.KubernetesConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The load workers of one Job, from its making until it is seen gone. Whatever happens here, the Job is deleted with its
 * pods; if this process is killed, they read the end of their input, and the Job's own deadline and time to live are behind
 * that. For one thread.
 */
public final class Workers implements AutoCloseable {

    /** For images to be pulled and a node to be found. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final KubernetesConnection cluster;
    private final LoadJob job;
    private final WorkerPods pods;
    private boolean mayBeThere = true;
    private List<Worker> running = List.of();

    private Workers(KubernetesConnection cluster, LoadJob job) {
        this.cluster = cluster;
        this.job = job;
        this.pods = new WorkerPods(cluster, job);
    }

    /**
     * Makes the Job and waits until all of its pods run; none of them does anything yet.
     *
     * @param told hears how it goes on, whenever that has changed
     * @param stop asked again and again whether to give up
     * @throws NoWorkersException if they do not all run in time; the Job is gone then, or a {@link LeftBehindException} is
     *     suppressed in it
     */
    public static Workers start(KubernetesConnection cluster, LoadJob job, Consumer<String> told, BooleanSupplier stop)
            throws NoWorkersException, InterruptedException {
        Workers workers = new Workers(cluster, job);
        try {
            workers.create();
            workers.awaitRunning(told, stop);
            return workers;
        } catch (NoWorkersException | InterruptedException | RuntimeException e) {
            try {
                workers.close();
            } catch (LeftBehindException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    /** An answer that did not come says nothing about whether the Job was made: whoever closes this looks. */
    private void create() throws NoWorkersException, InterruptedException {
        String tried = "making " + job.ref() + ": ";
        switch (cluster.create(job.ref(), job.json())) {
            case ApiAnswer.Ok _ -> {}
            case ApiAnswer.Refused(int status, String message) -> {
                mayBeThere = false;
                throw new NoWorkersException(tried + status + ", " + message
                        + (status == 403
                                ? "; grant this kubeconfig's user what load-profiles/pods/access.yaml lists, or name"
                                        + " another --namespace"
                                : ""));
            }
            case ApiAnswer.Failed(String why) -> throw new NoWorkersException(tried + why);
        }
    }

    private void awaitRunning(Consumer<String> told, BooleanSupplier stop)
            throws NoWorkersException, InterruptedException {
        String waiting = "waiting for the workers of " + job.ref() + ": ";
        long lastNs = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (true) {
            switch (pods.standing()) {
                case Standing.AllRun(List<Worker> workers) -> {
                    running = workers;
                    return;
                }
                case Standing.Hopeless(String why) -> throw new NoWorkersException(waiting + why);
                case Standing.NotYet(String words) -> {
                    if (!words.equals(last)) {
                        told.accept(waiting + words);
                        last = words;
                    }
                }
            }
            if (stop.getAsBoolean()) {
                throw new NoWorkersException(waiting + "told to stop; nothing was sent");
            }
            if (lastNs - System.nanoTime() < 0) {
                throw new NoWorkersException(
                        waiting + last + "; expected all of them within " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(INTERVAL);
        }
    }

    /**
     * Takes hold of each worker, by index.
     *
     * @throws NoWorkersException if one cannot be attached to
     */
    public List<FarEnd> attach() throws NoWorkersException, InterruptedException {
        List<FarEnd> ends = new ArrayList<>();
        for (Worker worker : running) {
            ends.add(new PodEnd(worker, attach(worker), pods));
        }
        return List.copyOf(ends);
    }

    private AttachedContainer attach(Worker worker) throws NoWorkersException, InterruptedException {
        return switch (cluster.attach(job.namespace(), worker.pod(), LoadJob.CONTAINER)) {
            case Reading.Present<AttachedContainer>(AttachedContainer container) -> container;
            case Reading.Absent<AttachedContainer>(String how) -> throw new NoWorkersException(how);
            case Reading.Unreadable<AttachedContainer>(String why) -> throw new NoWorkersException(why);
        };
    }

    /**
     * Deletes the Job with its pods, and waits until all of them are gone.
     *
     * @throws LeftBehindException if they cannot be seen gone
     */
    @Override
    public void close() throws LeftBehindException {
        if (!mayBeThere) {
            return;
        }
        // an interrupt must not keep us from it
        boolean interrupted = Thread.interrupted();
        try {
            new JobRemoval(cluster, job, pods).remove();
        } catch (InterruptedException _) {
            interrupted = true;
            throw JobRemoval.left(job, "interrupted before they were seen gone");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
