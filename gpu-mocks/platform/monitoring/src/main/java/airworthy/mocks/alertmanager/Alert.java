package airworthy.mocks.alertmanager;

import airworthy.mocks.promql.Labels;
import java.time.Instant;

/**
 * An alert as it was last received.
 *
 * @param labels its identity
 * @param annotations its texts
 * @param startsAt when it began
 * @param endsAt when it ends or ended
 * @param updatedAt when it was last received
 * @param generatorUrl where it came from
 * @param ending who said when it ends
 */
record Alert(
        Labels labels,
        Labels annotations,
        Instant startsAt,
        Instant endsAt,
        Instant updatedAt,
        String generatorUrl,
        Ending ending) {
    enum Ending {
        /** The sender stated it. */
        STATED,
        /** The resolve timeout set it, since the sender did not. */
        ASSUMED
    }

    boolean isResolvedAt(Instant now) {
        return !endsAt.isAfter(now);
    }

    String fingerprint() {
        return labels.fingerprint();
    }

    /** Returns this alert joined to an earlier reception of it, when the two overlap in time. */
    Alert after(Alert earlier) {
        boolean overlap = (endsAt.isAfter(earlier.startsAt) && endsAt.isBefore(earlier.endsAt))
                || (startsAt.isAfter(earlier.startsAt) && startsAt.isBefore(earlier.endsAt))
                || startsAt.equals(earlier.startsAt);
        if (!overlap) {
            return this;
        }
        Instant start = earlier.startsAt.isBefore(startsAt) ? earlier.startsAt : startsAt;
        boolean resolved = isResolvedAt(updatedAt);
        boolean keepsEarlierEnd = resolved
                ? earlier.isResolvedAt(updatedAt) && earlier.endsAt.isAfter(endsAt)
                : earlier.endsAt.isAfter(endsAt) && earlier.ending == Ending.STATED;
        return new Alert(
                labels, annotations, start, keepsEarlierEnd ? earlier.endsAt : endsAt, updatedAt, generatorUrl, ending);
    }
}
