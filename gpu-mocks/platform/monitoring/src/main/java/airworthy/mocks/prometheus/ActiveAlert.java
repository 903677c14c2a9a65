package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Labels;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert as it stands after an evaluation.
 *
 * @param labels its identity
 * @param annotations its texts as of the latest evaluation
 * @param value the expression's latest value
 * @param activeAt when the expression first held
 * @param phase where it is in its life
 */
record ActiveAlert(Labels labels, Labels annotations, double value, Instant activeAt, Phase phase) {
    /** The phases of an alert's life. */
    sealed interface Phase {
        /** The expression holds, not yet for long enough. */
        record Pending() implements Phase {}

        /** It fires; it may be kept firing since a moment at which the expression no longer held. */
        record Firing(Instant since, Optional<Instant> keptSince) implements Phase {}

        /** It fired and ended; kept for a while so that Alertmanager learns it for certain. */
        record Resolved(Instant firedAt, Instant at) implements Phase {}
    }

    /** Returns the alert in another phase. */
    ActiveAlert in(Phase next) {
        return new ActiveAlert(labels, annotations, value, activeAt, next);
    }

    /** Says whether it is pending or firing. */
    boolean isActive() {
        return !(phase instanceof Phase.Resolved);
    }

    /** Returns the state's name in the API and in the ALERTS series. */
    String state() {
        return switch (phase) {
            case Phase.Pending() -> "pending";
            case Phase.Firing _ -> "firing";
            case Phase.Resolved _ -> "inactive";
        };
    }
}
