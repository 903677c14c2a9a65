package airworthy.assembly;

import airworthy.load.EngineHealth;
import airworthy.load.LoadProcess;
import airworthy.load.LoadProgress;
import airworthy.load.RequestTail;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.load.measures.IntervalLog;
import airworthy.load.measures.LoadSettings;
import airworthy.load.measures.LoadSummary;
import airworthy.load.measures.Measures;
import airworthy.load.measures.Seconds;
import airworthy.load.measures.SummaryJson;
import airworthy.load.measures.TimeLine;
import airworthy.load.measures.Trust;
import airworthy.model.RequestRecord;
import airworthy.model.Slo;
import airworthy.reports.render.html.LoadPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Load without an assessment: sends a stream to an endpoint and measures what its requests live through. What is kept in memory does
 * not grow with their number. For one thread.
 */
public final class LoadRun {
    /** Every request with all its stamps. */
    private static final String REQUESTS = "requests.jsonl";

    private static final String HISTOGRAMS = "latencies.hlog";
    private static final String SUMMARY = "summary.json";
    private static final String PAGE = "load.html";

    private static final String STREAM = "load";

    /** What a client waits for that wants to know how long it takes: bounds on a request's life, far beyond any promise. */
    private static final Timeouts PATIENCE =
            new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** The profile says how long an answer is. */
    private static final int MAX_TOKENS = 32_768;

    private final Order order;
    private final Progress progress;
    private final Measures whole;
    private final BlockingQueue<LoadProgress> ticks = new LinkedBlockingQueue<>();
    private long firstNs = Long.MAX_VALUE;
    private long lastNs = Long.MIN_VALUE;

    /**
     * What to send.
     *
     * @param installation where the load JVM is
     * @param folder where the files go; made if it is not there, and must be empty
     * @param settings endpoint, model, rate and so on
     * @param slo what makes an answer a good one
     * @param bearer the key, if the endpoint wants one
     * @param users requests that may be under way at a time; one more is skipped, and counted
     */
    public record Order(
            Installation installation,
            Path folder,
            LoadSettings settings,
            Slo slo,
            Optional<String> bearer,
            int users) {
        /** Leaves out the key. */
        @Override
        public String toString() {
            return "Order[folder=%s, settings=%s, slo=%s, users=%d]".formatted(folder, settings, slo, users);
        }
    }

    /** Hears how the load goes on. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A second has gone by.
         *
         * @param sinceBegun since the schedule began
         * @param counted what is scheduled, in flight, ended
         * @param measured of all that has ended so far; goes on changing
         */
        void second(Duration sinceBegun, LoadProgress counted, Measures measured);
    }

    private LoadRun(Order order, Progress progress) {
        this.order = order;
        this.progress = progress;
        this.whole = new Measures(order.slo());
    }

    /**
     * Sends the load and writes its files.
     *
     * @param stop asked each second whether to end early; what is in flight is then cancelled
     * @throws CannotAssessException for what the user can mend
     * @throws IOException when the load JVM dies or a file cannot be written
     */
    public static LoadSummary run(Order order, Progress progress, BooleanSupplier stop)
            throws CannotAssessException, IOException, InterruptedException {
        Optional<String> broken = order.installation().problem();
        if (broken.isPresent()) {
            throw new CannotAssessException(broken.get());
        }
        if (Files.isDirectory(order.folder())) {
            try (var files = Files.list(order.folder())) {
                if (files.findAny().isPresent()) {
                    throw new CannotAssessException(order.folder()
                            + ": found files in it, expected a new or empty folder;" + " name another with --out");
                }
            }
        }
        Files.createDirectories(order.folder());
        return new LoadRun(order, progress).run(stop);
    }

    private LoadSummary run(BooleanSupplier stop) throws IOException, InterruptedException {
        Path requests = order.folder().resolve(REQUESTS);
        TimeLine timeLine = new TimeLine();
        EngineHealth health;
        try (LoadProcess load = LoadJvm.start(order.installation(), requests, order.users(), ticks::add);
                IntervalLog histograms = IntervalLog.open(
                        order.folder().resolve(HISTOGRAMS), order.settings().begun())) {
            Seconds seconds = new Seconds(System.nanoTime(), order.slo(), List.of(histograms, timeLine));
            RequestTail tail = RequestTail.fromStart(requests);
            load.start(stream());
            boolean stopped = await(tail, seconds, stop);
            load.stop(STREAM, stopped ? Duration.ZERO : PATIENCE.total());
            load.finish();
            take(tail, seconds);
            seconds.close();
            health = load.health()
                    .orElseThrow(() -> new IOException("the load JVM finished and said nothing of itself"));
        }
        LoadSummary summary = new LoadSummary(
                order.settings(),
                Duration.ofNanos(Math.max(0, lastNs - firstNs)),
                whole,
                health,
                Trust.of(whole, health),
                timeLine.points());
        Files.writeString(order.folder().resolve(SUMMARY), SummaryJson.write(summary));
        Files.writeString(order.folder().resolve(PAGE), new LoadPage().render(summary));
        return summary;
    }

    /** Until the time is over, or it was told to stop; measures meanwhile. */
    private boolean await(RequestTail tail, Seconds seconds, BooleanSupplier stop)
            throws IOException, InterruptedException {
        long begunNs = System.nanoTime();
        long endNs = begunNs + order.settings().duration().toNanos();
        ticks.clear();
        while (endNs - System.nanoTime() > 0 && !stop.getAsBoolean()) {
            LoadProgress tick =
                    ticks.poll(Math.min(endNs - System.nanoTime(), TimeUnit.SECONDS.toNanos(2)), TimeUnit.NANOSECONDS);
            take(tail, seconds);
            if (tick != null) {
                progress.second(Duration.ofNanos(System.nanoTime() - begunNs), tick, whole);
            }
        }
        return stop.getAsBoolean();
    }

    private void take(RequestTail tail, Seconds seconds) throws IOException {
        for (RequestRecord request : tail.next()) {
            whole.add(request);
            seconds.add(request);
            firstNs = Math.min(firstNs, request.intendedNs());
            lastNs = Math.max(lastNs, request.endNs());
        }
    }

    private StreamOrder stream() {
        LoadSettings settings = order.settings();
        return new StreamOrder(
                STREAM,
                settings.endpoint(),
                settings.model(),
                order.bearer(),
                Optional.empty(),
                Optional.empty(),
                settings.perSecond(),
                settings.seed(),
                settings.profile(),
                PATIENCE,
                MAX_TOKENS,
                OptionalInt.empty());
    }
}
