package airworthy.reports.judge;

import airworthy.model.RequestRecord;
import airworthy.model.Stamp;
import java.time.Duration;
import java.util.List;

/** A half-open stretch of a run: its start belongs to it, its end does not. */
record Window(Stamp from, Stamp to) {

    boolean holds(Stamp stamp) {
        return holds(stamp.monoNs());
    }

    boolean holds(long monoNs) {
        return monoNs >= from.monoNs() && monoNs < to.monoNs();
    }

    /** A request belongs where its schedule wanted it, whenever it was really sent. */
    List<RequestRecord> intended(List<RequestRecord> requests) {
        return requests.stream().filter(request -> holds(request.intendedNs())).toList();
    }

    Duration length() {
        return Duration.ofNanos(to.monoNs() - from.monoNs());
    }
}
