package airworthy.probes.stub;

import airworthy.model.Event;
import airworthy.model.Stamp;
import airworthy.probes.EventSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was recorded. */
public final class Recorded implements EventSink {
    private final List<Stamp> stamps = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public synchronized void record(Stamp at, Event event) {
        stamps.add(at);
        events.add(event);
    }

    public List<Stamp> stamps() {
        return stamps;
    }

    public List<Event> events() {
        return events;
    }
}
