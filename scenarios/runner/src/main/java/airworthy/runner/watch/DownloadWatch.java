package airworthy.runner.watch;

import airworthy.faults.Applied;
import airworthy.model.Change;
import airworthy.model.Event;
import airworthy.model.Fault;
import airworthy.model.Layer;
import airworthy.model.ScenarioId;
import airworthy.model.Target;
import airworthy.probes.EventSink;
import airworthy.probes.Reading;
import airworthy.probes.Stamps;
import airworthy.probes.artefact.Download;
import airworthy.probes.artefact.DownloadProbe;
import airworthy.probes.kubernetes.PodProbe;
import airworthy.runner.FaultWatch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks the proxy what the copy fetched and what of it was sent, and keeps how the copy's pods stand. Only the copy knows
 * the proxy's address, so what was fetched there was fetched by it.
 */
public final class DownloadWatch implements FaultWatch {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** On everything that the harness makes for one fault. */
    private static final String PART = "airworthy/part";

    private final Hit hit;
    private final DownloadProbe downloads;
    private final PodProbe pods;
    private final EventSink journal;
    private final Stamps stamps;
    private Optional<Event.TwinSeen> last = Optional.empty();
    private OptionalLong lastLookNs = OptionalLong.empty();
    private Optional<Repeating> looking = Optional.empty();

    /**
     * What is watched.
     *
     * @param scenario for whom
     * @param fault what was to become of the downloads
     * @param namespace of the copy
     * @param twin the copy
     * @param page where the proxy tells what it passed on
     */
    public record Hit(ScenarioId scenario, Fault.Download fault, String namespace, Target.Twin twin, URI page) {}

    public DownloadWatch(Hit hit, DownloadProbe downloads, PodProbe pods, EventSink journal, Stamps stamps) {
        this.hit = hit;
        this.downloads = downloads;
        this.pods = pods;
        this.journal = journal;
        this.stamps = stamps;
    }

    @Override
    public void before() {
        looking = Optional.of(Repeating.every(LOOK_EVERY, this::lookAtPods));
    }

    @Override
    public void made(Change change, Applied applied) {
        // the proxy tells what came of it
    }

    @Override
    public Event.LandedSeen look() throws InterruptedException {
        synchronized (this) {
            // that nothing changed is evidence too: that it was looked at, and when
            last = Optional.empty();
        }
        lookAtPods();
        return switch (downloads.read(hit.page())) {
            case Reading.Present<List<Download>>(List<Download> fetched) -> told(fetched);
            case Reading.Absent<List<Download>>(String how) -> landed(false, "the proxy tells nothing: " + how);
            case Reading.Unreadable<List<Download>>(String why) -> landed(false, "the proxy was not heard: " + why);
        };
    }

    @Override
    public void after() throws InterruptedException {
        lookAtPods();
    }

    @Override
    public void close() {
        looking.ifPresent(Repeating::close);
    }

    private Event.LandedSeen told(List<Download> fetched) {
        if (fetched.isEmpty()) {
            return landed(
                    false,
                    "not downloaded: " + hit.twin().name()
                            + " asked the store for nothing; a model that is kept on the node or in the image is not"
                            + " fetched");
        }
        DownloadsSeen.Landing landing = new DownloadsSeen(fetched).of(hit.fault());
        return landed(landing.holds(), landing.how());
    }

    private Event.LandedSeen landed(boolean holds, String how) {
        return new Event.LandedSeen(hit.scenario(), Layer.WORKLOAD, holds, how);
    }

    private synchronized void lookAtPods() throws InterruptedException {
        long begun = stamps.monotonic().getAsLong();
        long since = lastLookNs.orElse(begun);
        lastLookNs = OptionalLong.of(begun);
        if (pods.labelled(hit.namespace(), PART, hit.twin().part())
                instanceof Reading.Present<List<Event.PodSeen>>(List<Event.PodSeen> found)) {
            Event.TwinSeen seen = new Event.TwinSeen(hit.scenario(), hit.twin().name(), found);
            if (last.filter(seen::equals).isEmpty()) {
                last = Optional.of(seen);
                // what is new happened after the look before began
                journal.record(
                        stamps.seenNow(
                                "kubernetes",
                                Duration.ofNanos(stamps.monotonic().getAsLong() - since)),
                        seen);
            }
        }
    }
}
