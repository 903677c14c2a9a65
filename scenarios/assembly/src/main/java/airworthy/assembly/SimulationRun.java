package airworthy.assembly;

import airworthy.load.EngineHealth;
import airworthy.load.LoadProcess;
import airworthy.load.LoadProgress;
import airworthy.load.RequestTail;
import airworthy.load.measures.LoadSettings;
import airworthy.load.measures.LoadSummary;
import airworthy.model.Slo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs somebody's own Gatling simulation in a JVM of its own and measures what the streams of its {@code llm} steps live through. */
public final class SimulationRun {
    private static final String REQUESTS = "requests.jsonl";

    /** A simulation says by itself how long it lasts. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private SimulationRun() {}

    /**
     * What to run.
     *
     * @param installation where the load JVM's jars are
     * @param folder where the files go; made if it is not there, and must be empty
     * @param version of this program
     * @param begun when it began
     * @param asked the simulation
     * @param classPath where it is, before our own jars
     * @param slo what makes an answer a good one
     */
    public record Order(
            Installation installation,
            Path folder,
            String version,
            Instant begun,
            LoadSettings.Simulation asked,
            List<Path> classPath,
            Slo slo) {
        public Order {
            classPath = List.copyOf(classPath);
        }

        private LoadSettings settings() {
            return new LoadSettings(version, begun, asked);
        }
    }

    /**
     * Runs it to its end and writes the files.
     *
     * @param stop asked twice a second whether to end early; what is in flight is then not recorded
     * @throws CannotAssessException for what the user can mend
     * @throws IOException when its JVM dies or a file cannot be written
     */
    public static LoadSummary run(Order order, LoadRun.Progress progress, BooleanSupplier stop)
            throws CannotAssessException, IOException, InterruptedException {
        Measuring.prepare(order.installation(), order.folder());
        progress.preparing("warming up the client");
        Path requests = order.folder().resolve(REQUESTS);
        BlockingQueue<LoadProgress> ticks = new LinkedBlockingQueue<>();
        try (LoadProcess load = LoadJvm.simulate(
                        order.installation(), requests, order.asked().className(), order.classPath(), ticks::add);
                Measuring measuring = Measuring.begin(order.folder(), order.settings(), order.slo())) {
            RequestTail tail = RequestTail.fromStart(requests);
            FutureTask<EngineHealth> end = new FutureTask<>(() -> {
                load.finish(LONGEST);
                return load.health().orElseThrow(() -> new IOException("the simulation's JVM said nothing of itself"));
            });
            Thread.ofVirtual().name("simulation-end").start(end);
            long begunNs = System.nanoTime();
            boolean hurried = false;
            while (!end.isDone()) {
                LoadProgress tick = ticks.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                measuring.take(tail.next());
                if (tick != null) {
                    progress.second(Duration.ofNanos(System.nanoTime() - begunNs), tick, measuring.whole());
                }
                if (stop.getAsBoolean() && !hurried) {
                    hurried = true;
                    load.hurry();
                }
            }
            EngineHealth health = ended(end);
            measuring.take(tail.next());
            return measuring.finish(health, List.of());
        }
    }

    private static EngineHealth ended(FutureTask<EngineHealth> end) throws IOException, InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("the simulation did not end well: " + e.getMessage(), e);
        }
    }
}
