package airworthy.probes;

import airworthy.model.Event;
import airworthy.model.Stamp;

/** Where observations go: the journal. Thread-safe. */
@FunctionalInterface
public interface EventSink {
    void record(Stamp at, Event event);
}
