package airworthy.runner;

import airworthy.model.Alert;
import airworthy.model.Event;
import airworthy.model.Stamp;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import airworthy.probes.runbook.RunbookProbe;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between those who hear of alerts and the journal: opens each runbook once, as whoever is paged would, and keeps
 * the page. Thread-safe.
 */
public final class RunbookReader implements EventSink, AutoCloseable {
    private final RunbookProbe probe;
    private final EventSink journal;
    private final Stamps stamps;
    private final Set<String> opened = new HashSet<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public RunbookReader(RunbookProbe probe, EventSink journal, Stamps stamps) {
        this.probe = probe;
        this.journal = journal;
        this.stamps = stamps;
    }

    @Override
    public void record(Stamp at, Event event) {
        journal.record(at, event);
        switch (event) {
            case Event.Notified notified -> open(notified.alert());
            case Event.AlertSeen seen -> open(seen.alert());
            default -> {
                // points to no runbook
            }
        }
    }

    /** Waits for the pages that are being fetched; each is bounded in time. */
    @Override
    public void close() {
        threads.close();
    }

    private synchronized void open(Alert alert) {
        alert.runbookUrl().filter(opened::add).ifPresent(url -> threads.execute(() -> fetch(url)));
    }

    private void fetch(String url) {
        try {
            Event.RunbookFetched page = probe.fetch(url);
            journal.record(stamps.now("harness"), page);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
