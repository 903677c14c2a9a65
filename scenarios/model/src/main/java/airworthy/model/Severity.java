package airworthy.model;

import java.util.Locale;

/** How much a scenario weighs. The weights are those of OpenSSF Scorecard. */
public enum Severity {
    CRITICAL(10),
    HIGH(7.5),
    MEDIUM(5),
    LOW(2.5);

    private final double weight;

    Severity(double weight) {
        this.weight = weight;
    }

    /** The weight that each asked question of a scenario carries, once. */
    public double weight() {
        return weight;
    }

    /** The stable name in files and reports, for example {@code critical}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
