package airworthy.model;

import java.util.Locale;

/** What a check came to. The order is that of "worst first"; what is not applicable is left out of it. */
public enum Outcome {
    NOT_MET,
    UNKNOWN,
    MET,
    /** Waived in the profile, with reason and name. */
    NOT_APPLICABLE;

    /** The stable name in files, for example {@code not-met}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The worse of two; {@link #NOT_APPLICABLE} yields to anything. */
    public Outcome worse(Outcome other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
