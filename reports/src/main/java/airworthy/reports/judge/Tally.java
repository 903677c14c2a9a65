package airworthy.reports.judge;

import airworthy.model.Outcome;
import airworthy.model.Severity;

/** Weights of answers, by what they came to. What is waived is not counted. */
final class Tally {
    private double met;
    private double notMet;
    private double unknown;
    private boolean criticalNotMet;
    private boolean criticalUnknown;

    void add(Severity severity, Outcome outcome) {
        switch (outcome) {
            case MET -> met += severity.weight();
            case NOT_MET -> {
                notMet += severity.weight();
                criticalNotMet |= severity == Severity.CRITICAL;
            }
            case UNKNOWN -> {
                unknown += severity.weight();
                criticalUnknown |= severity == Severity.CRITICAL;
            }
            case NOT_APPLICABLE -> {}
        }
    }

    boolean judgedAny() {
        return met + notMet > 0;
    }

    boolean askedAny() {
        return met + notMet + unknown > 0;
    }

    boolean criticalNotMet() {
        return criticalNotMet;
    }

    boolean criticalUnknown() {
        return criticalUnknown;
    }

    /** Weight judged of weight asked; 0 if nothing was asked. */
    double coverage() {
        return askedAny() ? (met + notMet) / (met + notMet + unknown) : 0;
    }

    /** From 0 to 10, of what was judged; 10 if nothing was. */
    double value() {
        return judgedAny() ? 10 * met / (met + notMet) : 10;
    }

    /** From 0 to 10 if every unknown were not met; 10 if nothing was asked. */
    double atLeast() {
        return askedAny() ? 10 * met / (met + notMet + unknown) : 10;
    }

    /** From 0 to 10 if every unknown were met; 10 if nothing was asked. */
    double atMost() {
        return askedAny() ? 10 * (met + unknown) / (met + notMet + unknown) : 10;
    }
}
