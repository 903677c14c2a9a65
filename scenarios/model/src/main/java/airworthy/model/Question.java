package airworthy.model;

import java.util.Locale;

/** What is asked of every fault. The order is the order of every printed matrix. */
public enum Question {
    /** Did users keep correct, timely answers; were time-outs, retries, probes and denials right? */
    WITHSTAND,
    /** Did an alert reach a receiver in time, and was it silent without a fault? */
    DETECT,
    /** Does the signal name the true cause, workload, team and accelerator? */
    ATTRIBUTE,
    /** Did the right owner get it, and nobody else? */
    ROUTE,
    /** Did bystanders keep their service? */
    CONTAIN,
    /** After healing: back at baseline, alert resolved, nothing left behind? */
    RECOVER;

    /** The stable name in files and reports, for example {@code withstand}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
