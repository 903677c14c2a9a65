package airworthy.probes.alertmanager;

import airworthy.model.Event;
import airworthy.model.Event.AlertSeen;
import airworthy.model.Event.SourceUnreadable;
import airworthy.model.Stamp;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import java.time.Duration;
import java.util.List;

/** Follows one source, poll by poll, and records what changed. Used by one thread. */
final class SourcePoll {
    private final AlertSource source;
    private final Stamps stamps;
    private final EventSink sink;
    private List<AlertSeen> listed = List.of();
    private long lastReadNs;
    private String unreadable = "";

    SourcePoll(AlertSource source, Stamps stamps, EventSink sink) {
        this.source = source;
        this.stamps = stamps;
        this.sink = sink;
        this.lastReadNs = stamps.monotonic().getAsLong();
    }

    /**
     * Reads the source once. A change happened at some time since the previous good poll was asked, and that is the error
     * of its stamp; before the first poll it is the age of this object.
     */
    void poll() throws InterruptedException {
        long askedNs = stamps.monotonic().getAsLong();
        switch (source.listing().read()) {
            case Reading.Present<List<AlertSeen>>(List<AlertSeen> now) -> {
                List<AlertSeen> changes = AlertDiff.between(listed, now);
                Stamp at = seenNow();
                listed = now;
                lastReadNs = askedNs;
                unreadable = "";
                changes.forEach(change -> sink.record(at, change));
            }
            case Reading.Absent<List<AlertSeen>>(String how) -> tellUnreadable(how);
            case Reading.Unreadable<List<AlertSeen>>(String why) -> tellUnreadable(why);
        }
    }

    private void tellUnreadable(String why) {
        if (!why.equals(unreadable)) {
            unreadable = why;
            Event told = new SourceUnreadable(source.name(), why);
            sink.record(seenNow(), told);
        }
    }

    private Stamp seenNow() {
        long age = stamps.monotonic().getAsLong() - lastReadNs;
        return stamps.seenNow(source.name(), Duration.ofNanos(age));
    }
}
