package airworthy.probes.audit;

import airworthy.model.Event.AuditGroup;
import airworthy.model.PlatformProfile.Audit;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpReads;
import airworthy.probes.kubernetes.KubernetesConnection;
import airworthy.probes.kubernetes.Replica;
import airworthy.probes.kubernetes.Workload;
import airworthy.probes.kubernetes.WorkloadProbe;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the audit records that a gateway's pods write into their logs.
 *
 * <p>Where counting begins is marked by the last line that each pod had written then, not by a clock: clocks of other
 * machines are off, and a line that is no longer there shows that older ones are lost too. Thread-safe.
 */
public final class AuditTrail {
    private final Audit audit;
    private final KubernetesConnection cluster;
    private final WorkloadProbe workloads;
    private final HttpReads reads;
    private final AuditLines lines;

    public AuditTrail(Audit audit, KubernetesConnection cluster, HttpReads reads) {
        this.audit = audit;
        this.cluster = cluster;
        this.workloads = new WorkloadProbe(cluster);
        this.reads = reads;
        this.lines = new AuditLines(audit.fields());
    }

    /**
     * How far each pod's log had come.
     *
     * @param lastLines by pod; empty text where nothing was written yet
     */
    public record Mark(SortedMap<String, String> lastLines) {
        public Mark {
            lastLines = new TreeMap<>(lastLines);
        }
    }

    /** Marks the end of the records by now. */
    public Reading<Mark> mark() throws InterruptedException {
        return logs("?tailLines=1").map(logs -> {
            SortedMap<String, String> last = new TreeMap<>();
            logs.forEach((pod, log) -> last.put(pod, log.strip()));
            return new Mark(last);
        });
    }

    /** The records since a mark, added up; unreadable if some of them may be lost. */
    public Reading<List<AuditGroup>> since(Mark mark) throws InterruptedException {
        return switch (logs("")) {
            case Reading.Absent<SortedMap<String, String>>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<SortedMap<String, String>>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<SortedMap<String, String>>(SortedMap<String, String> logs) -> since(mark, logs);
        };
    }

    private Reading<List<AuditGroup>> since(Mark mark, SortedMap<String, String> logs) {
        if (!logs.keySet().equals(mark.lastLines().keySet())) {
            return new Reading.Unreadable<>("the pods of " + audit.workload() + " were "
                    + mark.lastLines().keySet() + " and are " + new TreeSet<>(logs.keySet())
                    + ": what went with one of them is not known");
        }
        List<String> later = new ArrayList<>();
        for (Map.Entry<String, String> log : logs.entrySet()) {
            Optional<List<String>> after = after(mark.lastLines().getOrDefault(log.getKey(), ""), log.getValue());
            if (after.isEmpty()) {
                return new Reading.Unreadable<>("the log of pod " + log.getKey()
                        + " no longer holds the line that was its last one before: it was rotated meanwhile, and records"
                        + " are lost; let the node keep more of a container's log");
            }
            later.addAll(after.get());
        }
        return lines.sum(later, "the log of " + audit.workload());
    }

    private static Optional<List<String>> after(String marker, String log) {
        List<String> all = log.lines().toList();
        if (marker.isEmpty()) {
            return Optional.of(all);
        }
        for (int at = all.size() - 1; at >= 0; at--) {
            if (all.get(at).strip().equals(marker)) {
                return Optional.of(all.subList(at + 1, all.size()));
            }
        }
        return Optional.empty();
    }

    private Reading<SortedMap<String, String>> logs(String query) throws InterruptedException {
        return switch (workloads.workload(audit.workload())) {
            case Reading.Absent<Workload>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<Workload>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<Workload>(var workload) -> logs(workload.replicas(), query);
        };
    }

    private Reading<SortedMap<String, String>> logs(List<Replica> pods, String query) throws InterruptedException {
        SortedMap<String, String> logs = new TreeMap<>();
        for (Replica pod : pods) {
            URI log = cluster.origin()
                    .resolve("/api/v1/namespaces/%s/pods/%s/log%s"
                            .formatted(audit.workload().namespace(), pod.name(), query));
            switch (reads.text(log)) {
                case Reading.Present<String>(String text) -> logs.put(pod.name(), text);
                case Reading.Absent<String>(String how) -> {
                    return new Reading.Absent<>(how);
                }
                case Reading.Unreadable<String>(String why) -> {
                    return new Reading.Unreadable<>(why);
                }
            }
        }
        return logs.isEmpty()
                ? new Reading.Absent<>(audit.workload() + " has no pods, so there is no log of theirs")
                : new Reading.Present<>(logs);
    }
}
