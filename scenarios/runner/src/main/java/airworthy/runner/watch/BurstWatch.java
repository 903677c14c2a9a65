package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.runner.FaultWatch;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Counts what was really sent of a burst, whatever became of it: requests that nobody sends are no burst. */
public final class BurstWatch implements FaultWatch {
    /** The fault holds while at least this part of the planned requests is sent. */
    private static final double HOLDS_FROM = 0.5;

    private final ScenarioId scenario;
    private final Sent sent;
    private final LongSupplier monotonic;
    private Optional<Change.SendLoad> burst = Optional.empty();
    private long lastNs;
    private long last;

    /** Counts what was sent. */
    @FunctionalInterface
    public interface Sent {
        /**
         * Of a stream, so far.
         *
         * @throws IOException if it is not sent, or cannot be counted
         */
        long of(String stream) throws IOException, InterruptedException;
    }

    public BurstWatch(ScenarioId scenario, Sent sent, LongSupplier monotonic) {
        this.scenario = scenario;
        this.sent = sent;
        this.monotonic = monotonic;
    }

    @Override
    public void before() {
        // the usual load is known from its records
    }

    @Override
    public void made(Change change, Applied applied) {
        if (change instanceof Change.SendLoad more) {
            burst = Optional.of(more);
            lastNs = monotonic.getAsLong();
            last = 0;
        }
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        if (burst.isEmpty()) {
            return landed(false, "no burst was begun");
        }
        Change.SendLoad planned = burst.get();
        long count;
        try {
            count = sent.of(planned.stream());
        } catch (IOException e) {
            return landed(false, "what was sent of the burst could not be counted: " + e.getMessage());
        }
        long now = monotonic.getAsLong();
        double perSecond = (count - last) * 1e9 / Math.max(1, now - lastNs);
        String how = String.format(
                Locale.ROOT,
                "%d requests of the burst were sent since the last look, %.1f/s beside the usual load; the fault asks"
                        + " for %.1f/s and is seen from %.1f/s on",
                count - last,
                perSecond,
                planned.perSecond(),
                planned.perSecond() * HOLDS_FROM);
        lastNs = now;
        last = count;
        return landed(perSecond >= planned.perSecond() * HOLDS_FROM, how);
    }

    @Override
    public void after() {
        // the load's own records show the return
    }

    @Override
    public void close() {
        // holds nothing
    }

    private Event.LandedSeen landed(boolean holds, String how) {
        return new Event.LandedSeen(scenario, Layer.CLIENT, holds, how);
    }
}
