package airworthy.model;

import java.util.Locale;

/** What a platform that serves AI must be able to do. The order is the order of every printed matrix. */
public enum Capability {
    /** Accelerators beside standard compute: classes, right-sizing, quota, cost attributed to team and workload. */
    SCHEDULING,
    /** Inference endpoints with the latency they need, autoscaling that fits, capacity reserved. */
    SERVING,
    /** One way in for AI traffic: route, throttle, log, govern, fall back. */
    GATEWAY,
    /** Token throughput, load time, memory pressure, cost, queue depth, drift: seen and explained. */
    OBSERVABILITY,
    /** Identity, isolation, provenance and admission that fit the data and the actions. */
    POLICY,
    /** A clear, named owner for every AI workload, and the alert that reaches that owner. */
    OWNERSHIP;

    /** The stable name in files and reports, for example {@code scheduling}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
