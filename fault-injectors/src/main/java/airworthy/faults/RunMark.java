package airworthy.faults;

import java.time.Instant;
import java.util.Map;

/**
 * What every object that the harness makes carries: enough for its finder to know whose it is, nothing that would tell a
 * platform what the fault is.
 *
 * @param label opaque, the same for a whole run; no part of it names a scenario
 * @param contact who to ask
 * @param expires after this anybody may delete it
 */
public record RunMark(String label, String contact, Instant expires) {
    /** The key of the run label. */
    public static final String RUN_LABEL = "airworthy/run";

    /** Labels for an object's metadata. */
    public Map<String, String> labels() {
        return Map.of(RUN_LABEL, label, "app.kubernetes.io/managed-by", "airworthy");
    }

    /** Annotations for an object's metadata. */
    public Map<String, String> annotations() {
        return Map.of("airworthy/contact", contact, "airworthy/expires", expires.toString());
    }
}
