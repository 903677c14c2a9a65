package airworthy.runner;

import airworthy.model.Scenario;
import airworthy.probes.EventSink;

/** Looks at what an audit asks for and journals it. Only reads. */
@FunctionalInterface
public interface Auditor {

    /**
     * Looks once.
     *
     * @return why it could not be looked at; empty text if it could
     */
    String look(Scenario audit, EventSink journal) throws InterruptedException;
}
