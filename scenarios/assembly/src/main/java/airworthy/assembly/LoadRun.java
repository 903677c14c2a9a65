package airworthy.assembly;

import airworthy.load.Demand;
import airworthy.load.EngineHealth;
import airworthy.load.LoadProfiles;
import airworthy.load.LoadProgress;
import airworthy.load.Share;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.load.Trace;
import airworthy.load.measures.LoadSettings;
import airworthy.load.measures.LoadSummary;
import airworthy.load.measures.Measures;
import airworthy.load.pods.LeftBehindException;
import airworthy.load.pods.LoadJob;
import airworthy.model.Slo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Load without an assessment: sends a stream to an endpoint and measures what its requests live through. For one thread. */
public final class LoadRun {
    /** Every request with all its stamps; of several senders {@code requests-1.jsonl} and so on. */
    private static final String REQUESTS = "requests.jsonl";

    private static final String STREAM = "load";

    /** The profile says how long an answer is. */
    private static final int MAX_TOKENS = 32_768;

    private final Order order;
    private final Progress progress;
    private final BlockingQueue<LoadProgress> ticks = new LinkedBlockingQueue<>();

    /**
     * What to send.
     *
     * @param place where its senders run
     * @param folder where the files go; made if it is not there, and must be empty
     * @param version of this program
     * @param begun when it began
     * @param asked endpoint, model, rate and so on
     * @param slo what makes an answer a good one
     * @param bearer the key, if the endpoint wants one
     * @param users requests that may be under way at a time; one more is skipped, and counted
     * @param senders load JVMs that send it between them
     * @param replicaHeader the response header whose value is kept with each request, if one is
     */
    public record Order(
            WorkerPlace place,
            Path folder,
            String version,
            Instant begun,
            LoadSettings.Profile asked,
            Slo slo,
            Optional<String> bearer,
            int users,
            int senders,
            Optional<String> replicaHeader) {
        /** Leaves out the key. */
        @Override
        public String toString() {
            return "Order[folder=%s, asked=%s, slo=%s, users=%d]".formatted(folder, asked, slo, users);
        }

        private LoadSettings settings() {
            return new LoadSettings(version, begun, asked);
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

        /** What is done before the first request is sent, in words. */
        default void preparing(String words) {}
    }

    private LoadRun(Order order, Progress progress) {
        this.order = order;
        this.progress = progress;
    }

    /**
     * Sends the load and writes its files.
     *
     * @param stop asked each second whether to end early; what is in flight is then cancelled
     * @throws CannotAssessException for what the user can mend
     * @throws IOException when the load JVM dies or a file cannot be written
     * @throws LeftBehindException when its senders ran in a cluster and cannot be seen gone; the files are written
     */
    public static LoadSummary run(Order order, Progress progress, BooleanSupplier stop)
            throws CannotAssessException, LeftBehindException, IOException, InterruptedException {
        return switch (order.place()) {
            case WorkerPlace.Here(Installation installation) -> {
                Measuring.prepare(installation, order.folder());
                yield new LoadRun(order, progress).here(installation, stop);
            }
            case WorkerPlace.InCluster cluster -> {
                Measuring.prepare(order.folder());
                yield new LoadRun(order, progress).inCluster(cluster, stop);
            }
        };
    }

    /** The Job that an order for a cluster makes there; made is nothing. */
    public static LoadJob job(Order order, WorkerPlace.InCluster place) {
        String label = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return ClusterSenders.job(
                place, label, order.senders(), order.users(), order.asked().duration(), order.begun());
    }

    private LoadSummary here(Installation installation, BooleanSupplier stop) throws IOException, InterruptedException {
        StreamOrder stream = stream();
        progress.preparing("warming up the client");
        try (Senders senders = Senders.start(installation, logs(), order.users(), ticks::add)) {
            return measure(senders, stream, stop);
        }
    }

    private LoadSummary inCluster(WorkerPlace.InCluster place, BooleanSupplier stop)
            throws CannotAssessException, LeftBehindException, IOException, InterruptedException {
        StreamOrder stream = stream();
        try (ClusterSenders cluster =
                ClusterSenders.start(place, job(order, place), logs(), progress::preparing, ticks::add, stop)) {
            return measure(cluster.senders(), stream, stop);
        }
    }

    private LoadSummary measure(Senders senders, StreamOrder stream, BooleanSupplier stop)
            throws IOException, InterruptedException {
        try (Measuring measuring = Measuring.begin(order.folder(), order.settings(), order.slo())) {
            long firstNs = senders.send(stream);
            boolean stopped = await(firstNs, senders, measuring, stop);
            EngineHealth health = senders.finish(STREAM, stopped ? Duration.ZERO : Timeouts.PATIENT.total());
            measuring.take(senders.ended());
            return measuring.finish(health, senders.clocks());
        }
    }

    /** Until the time is over, or it was told to stop; measures meanwhile. */
    private boolean await(long firstNs, Senders senders, Measuring measuring, BooleanSupplier stop)
            throws IOException, InterruptedException {
        long endNs = firstNs + order.asked().duration().toNanos();
        ticks.clear();
        while (endNs - System.nanoTime() > 0 && !stop.getAsBoolean()) {
            LoadProgress tick =
                    ticks.poll(Math.min(endNs - System.nanoTime(), TimeUnit.SECONDS.toNanos(2)), TimeUnit.NANOSECONDS);
            measuring.take(senders.ended());
            if (tick != null) {
                progress.second(Duration.ofNanos(System.nanoTime() - firstNs), tick, measuring.whole());
            }
        }
        return stop.getAsBoolean();
    }

    private List<Path> logs() {
        return order.senders() == 1
                ? List.of(order.folder().resolve(REQUESTS))
                : IntStream.rangeClosed(1, order.senders())
                        .mapToObj(number -> order.folder().resolve(REQUESTS.replace(".", "-" + number + ".")))
                        .toList();
    }

    private StreamOrder stream() throws IOException {
        LoadSettings.Profile asked = order.asked();
        return new StreamOrder(
                STREAM,
                asked.endpoint(),
                asked.model(),
                order.bearer(),
                Optional.empty(),
                order.replicaHeader(),
                asked.demand(),
                asked.seed(),
                asked.profile(),
                Timeouts.PATIENT,
                MAX_TOKENS,
                scheduled(),
                Share.WHOLE);
    }

    /** How many its schedule has: one that is counted ends by itself, however late this process says that time is over. */
    private OptionalInt scheduled() throws IOException {
        LoadSettings.Profile asked = order.asked();
        return switch (asked.demand()) {
            case Demand.Rate rate ->
                OptionalInt.of(LoadProfiles.named(asked.profile())
                        .schedule(rate, asked.seed())
                        .within(asked.duration()));
            case Demand.Replay(String file, double speed) ->
                OptionalInt.of(Trace.read(Path.of(file)).schedule(speed).within(asked.duration()));
            case Demand.Concurrency _ -> OptionalInt.empty();
        };
    }
}
