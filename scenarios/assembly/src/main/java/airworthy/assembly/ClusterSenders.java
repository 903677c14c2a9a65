package airworthy.assembly;

import airworthy.load.LoadProgress;
import airworthy.load.Timeouts;
import airworthy.load.pods.LeftBehindException;
import airworthy.load.pods.LoadJob;
import airworthy.load.pods.NoWorkersException;
import airworthy.load.pods.Workers;
import airworthy.probes.Reading;
import airworthy.probes.kubernetes.KubernetesConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Senders that are pods of a cluster, and what has to be put away after them. For one thread. */
final class ClusterSenders implements AutoCloseable {
    /** Once its pod runs. A node that has other things to do compiles slowly. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    /** For clocks to be asked, and records to be on their way yet. */
    private static final Duration SPARE = Duration.ofMinutes(1);

    private final KubernetesConnection cluster;
    private final Workers workers;
    private final Senders senders;

    private ClusterSenders(KubernetesConnection cluster, Workers workers, Senders senders) {
        this.cluster = cluster;
        this.workers = workers;
        this.senders = senders;
    }

    /**
     * The Job that runs them.
     *
     * @param label opaque, different for every run
     * @param workers how many
     * @param users requests that may be under way at a time, of all together
     * @param duration for how long they send
     * @param made when, which labels it
     */
    static LoadJob job(
            WorkerPlace.InCluster place, String label, int workers, int users, Duration duration, Instant made) {
        return new LoadJob(
                label,
                place.namespace(),
                place.image(),
                workers,
                Math.ceilDiv(users, workers),
                place.cpu(),
                Workers.PATIENCE
                        .plus(READY_WITHIN)
                        .plus(duration)
                        .plus(Timeouts.PATIENT.total())
                        .plus(SPARE),
                made);
    }

    /**
     * Returns when all are warm.
     *
     * @param logs where the records of each are written, one a log; none may exist
     * @param told hears how it goes on
     * @param progress hears how far all of them are
     * @param stop asked whether to give up while their pods are waited for
     * @throws CannotAssessException for what the user, or the cluster's owner, can mend
     * @throws IOException if one does not get warm
     */
    static ClusterSenders start(
            WorkerPlace.InCluster place,
            LoadJob job,
            List<Path> logs,
            Consumer<String> told,
            Consumer<LoadProgress> progress,
            BooleanSupplier stop)
            throws CannotAssessException, IOException, InterruptedException {
        KubernetesConnection cluster = open(place);
        try {
            told.accept("asking %s for %d load worker%s in namespace %s"
                    .formatted(cluster.origin(), job.workers(), job.workers() == 1 ? "" : "s", job.namespace()));
            Workers workers = Workers.start(cluster, job, told, stop);
            try {
                told.accept("all run; warming up");
                Senders senders = Senders.attach(workers.attach(), logs, READY_WITHIN, progress);
                return new ClusterSenders(cluster, workers, senders);
            } catch (NoWorkersException | IOException | InterruptedException | RuntimeException e) {
                putAway(workers, e);
                throw e;
            }
        } catch (NoWorkersException e) {
            cluster.close();
            throw new CannotAssessException(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private static void putAway(Workers workers, Exception after) {
        try {
            workers.close();
        } catch (LeftBehindException left) {
            after.addSuppressed(left);
        }
    }

    private static KubernetesConnection open(WorkerPlace.InCluster place) throws CannotAssessException {
        return switch (KubernetesConnection.open(place.cluster())) {
            case Reading.Present<KubernetesConnection>(KubernetesConnection cluster) -> cluster;
            case Reading.Absent<KubernetesConnection>(String how) -> throw new CannotAssessException(how);
            case Reading.Unreadable<KubernetesConnection>(String why) -> throw new CannotAssessException(why);
        };
    }

    Senders senders() {
        return senders;
    }

    /** @throws LeftBehindException if the Job and its pods cannot be seen gone */
    @Override
    public void close() throws LeftBehindException {
        try (cluster) {
            try {
                senders.close();
            } finally {
                workers.close();
            }
        }
    }
}
