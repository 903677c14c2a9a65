package airworthy.model;

import java.util.Locale;

/** What a source said of an alert. */
public enum AlertState {
    /** Prometheus: the expression holds, but not yet for long enough. */
    PENDING,
    /** Prometheus: firing. */
    FIRING,
    /** Alertmanager: active and neither silenced nor inhibited. */
    ACTIVE,
    /** Alertmanager: silenced or inhibited; nobody is told. */
    SUPPRESSED,
    /** No longer listed by the source that listed it before, or notified as resolved. */
    RESOLVED;

    /** The stable name in files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
