package airworthy.reports.judge;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.model.Event;
import airworthy.model.History.Stamped;
import airworthy.model.Stamp;
import java.util.List;

/**
 * One time that a source showed an alert.
 *
 * @param at when, by whose clock
 * @param seq its place in the journal
 * @param kind what was shown
 * @param holder who would have to show it again to end it
 * @param receivers who was told, or to whom it was routed
 * @param alert as shown
 */
record Sighting(Stamp at, long seq, Kind kind, String holder, List<String> receivers, Alert alert) {

    enum Kind {
        PENDING,
        FIRING,
        ACTIVE,
        SUPPRESSED,
        NOTIFIED,
        OVER,
        NOTIFIED_OVER;

        /** Whether somebody could hear of it: a pending or silenced alert is heard by nobody. */
        boolean loud() {
            return this == FIRING || this == ACTIVE || this == NOTIFIED;
        }

        boolean over() {
            return this == OVER || this == NOTIFIED_OVER;
        }
    }

    static Sighting seen(Stamped<Event.AlertSeen> stamped) {
        Event.AlertSeen seen = stamped.event();
        return new Sighting(
                stamped.at(), stamped.seq(), kind(seen.state()), stamped.at().source(), seen.receivers(), seen.alert());
    }

    static Sighting notified(Stamped<Event.Notified> stamped) {
        Event.Notified notified = stamped.event();
        return new Sighting(
                stamped.at(),
                stamped.seq(),
                notified.resolved() ? Kind.NOTIFIED_OVER : Kind.NOTIFIED,
                stamped.at().source() + "/" + notified.receiver(),
                List.of(notified.receiver()),
                notified.alert());
    }

    private static Kind kind(AlertState state) {
        return switch (state) {
            case PENDING -> Kind.PENDING;
            case FIRING -> Kind.FIRING;
            case ACTIVE -> Kind.ACTIVE;
            case SUPPRESSED -> Kind.SUPPRESSED;
            case RESOLVED -> Kind.OVER;
        };
    }

    String evidence() {
        return Say.journal(seq);
    }
}
