package airworthy.load.gatling;

import airworthy.load.Command;
import airworthy.load.Demand;
import airworthy.load.Share;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.load.Wire;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the whole path of a request until the JVM has compiled it, so that the first measured request is like the rest.
 *
 * <p>A run begins with what is rarest later: each of its first requests opens a connection. So do the first answers here;
 * those after them stream, until the compiler has hardly anything left to do. Their records are written as real ones are, and
 * thrown away.
 */
final class WarmUp {

    /** Beyond the 200 calls after which a method is compiled at all, and most of what is behind it again: measured, 1,500. */
    private static final int CONNECTIONS = 1_500;

    /** Asks at a time: fewer than the smallest pool of users. */
    private static final int AT_A_TIME = 16;

    /** After so many answers the compiler is looked at: some second. */
    private static final int ANSWERS_A_LOOK = 100;

    /** Looks in a row that find the compiler idle. */
    private static final int IDLE_LOOKS = 2;

    /** The compiler's share of a core below which it counts as idle. */
    private static final double IDLE_SHARE = 0.05;

    /** A compiler that never comes to an end is left to it. */
    private static final Duration MOST = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GatlingEngine engine;
    private final Recorder recorder;

    private WarmUp(GatlingEngine engine, Recorder recorder) {
        this.engine = engine;
        this.recorder = recorder;
    }

    /**
     * Sends load to a server in this JVM.
     *
     * @throws IOException when it is not answered
     */
    static void run(GatlingEngine engine) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("airworthy-warm-up-");
        Path log = folder.resolve("requests.jsonl");
        try (Recorder recorder = Recorder.open(log)) {
            run(engine, recorder);
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(folder);
        }
    }

    /** The same with records that go where a recorder hands them on to. */
    static void run(GatlingEngine engine, Recorder recorder) throws IOException, InterruptedException {
        WarmUp warmUp = new WarmUp(engine, recorder);
        warmUp.connect();
        warmUp.stream();
        recorder.finish();
    }

    private void connect() throws IOException, InterruptedException {
        try (WarmUpServer server = WarmUpServer.closing()) {
            Answers answers = begin(server, OptionalInt.of(CONNECTIONS));
            answers.await(CONNECTIONS);
            engine.stop(StreamOrder.WARM_UP, PATIENCE);
        }
    }

    private void stream() throws IOException, InterruptedException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        try (WarmUpServer server = WarmUpServer.streaming()) {
            Answers answers = begin(server, OptionalInt.empty());
            long begunNs = System.nanoTime();
            int idle = 0;
            while (idle < IDLE_LOOKS && System.nanoTime() - begunNs < MOST.toNanos()) {
                long lookNs = System.nanoTime();
                long compiledMs = compiler.getTotalCompilationTime();
                answers.await(ANSWERS_A_LOOK);
                double spentNs = TimeUnit.MILLISECONDS.toNanos(compiler.getTotalCompilationTime() - compiledMs);
                idle = spentNs < IDLE_SHARE * (System.nanoTime() - lookNs) ? idle + 1 : 0;
            }
            engine.stop(StreamOrder.WARM_UP, PATIENCE);
        }
    }

    private Answers begin(WarmUpServer server, OptionalInt most) throws IOException {
        Answers answers = new Answers(recorder);
        StreamOrder order = new StreamOrder(
                StreamOrder.WARM_UP,
                server.url(),
                "any",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Demand.Concurrency(AT_A_TIME),
                0,
                "chat",
                new Timeouts(PATIENCE, PATIENCE, PATIENCE),
                1,
                most,
                Share.WHOLE);
        engine.start(overTheWire(order), System.nanoTime(), answers);
        return answers;
    }

    /** Writes and reads an order as the harness will: the first reading of one took 40 ms, and its requests were late. */
    private static StreamOrder overTheWire(StreamOrder order) throws IOException {
        Wire wire = new Wire();
        Command command = wire.command(wire.line(new Command.Start(order, 0)));
        return command instanceof Command.Start(StreamOrder read, long _) ? read : order;
    }

    private static final class Answers implements StreamListener {

        private final Recorder recorder;
        private final Semaphore answered = new Semaphore(0);

        Answers(Recorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public void scheduled() {
            // Only answers count.
        }

        @Override
        public void ended(RequestRecord request) {
            recorder.add(request);
            if (request.outcome() == RequestOutcome.OK) {
                answered.release();
            }
        }

        /** Waits for so many more. */
        void await(int count) throws IOException, InterruptedException {
            if (!answered.tryAcquire(count, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("warm-up: found %d of %d requests answered after %s"
                        .formatted(answered.availablePermits(), count, PATIENCE));
            }
        }
    }
}
