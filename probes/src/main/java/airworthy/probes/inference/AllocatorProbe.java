package airworthy.probes.inference;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.kubernetes.PodProbe;
import java.util.Optional;

/**
 * Reads what a model server's allocator wrote of its failures: in the pod's log, or, where the container has ended over one, in
 * what it left. Thread-safe.
 */
public final class AllocatorProbe {
    /** One line for each request that failed, of the latest ones. */
    private static final int LINES = 100;

    private final KubernetesConnection cluster;
    private final HttpReads reads;
    private final PodProbe pods;

    public AllocatorProbe(KubernetesConnection cluster, HttpReads reads, PodProbe pods) {
        this.cluster = cluster;
        this.reads = reads;
        this.pods = pods;
    }

    /** The last failure of a pod's server. */
    public Reading<AllocatorWords> read(String namespace, String pod) throws InterruptedException {
        Reading<String> log = reads.text(cluster.podLog(namespace, pod, LINES));
        if (last(log) instanceof Reading.Present<AllocatorWords> words) {
            return words;
        }
        return switch (last(pods.lastWords(namespace, pod))) {
            case Reading.Present<AllocatorWords> words -> words;
            case Reading.Absent<AllocatorWords>(String how) ->
                log instanceof Reading.Unreadable<String>(String why)
                        ? new Reading.Unreadable<>(why)
                        : new Reading.Absent<>("the log of pod " + namespace + "/" + pod
                                + " tells of no allocation that failed, and " + how);
            case Reading.Unreadable<AllocatorWords> unreadable -> unreadable;
        };
    }

    private static Reading<AllocatorWords> last(Reading<String> reading) {
        return switch (reading) {
            case Reading.Present<String>(String text) -> {
                Optional<AllocatorWords> words = AllocatorWords.last(text);
                yield words.isPresent()
                        ? new Reading.Present<>(words.get())
                        : new Reading.Absent<>("what its container left tells of none");
            }
            case Reading.Absent<String>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<String>(String why) -> new Reading.Unreadable<>(why);
        };
    }
}
