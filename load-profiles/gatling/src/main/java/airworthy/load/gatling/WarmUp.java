package airworthy.load.gatling;

import airworthy.load.Command;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the whole path of a request until the JVM has compiled it, so that the first measured request is like the rest.
 *
 * <p>Answers stream until the compiler has hardly anything left to do. A run begins with what is rarest later: each of its
 * first requests opens a connection; so does every other one here. All goes by the classes that a real run goes by, record
 * file included: one that is loaded later undoes what was compiled without it.
 */
final class WarmUp {

    /** Answers: some 7,500 events a second, and time left for the compiler on one core. */
    private static final double PER_SECOND = 150;

    /** After so many answers the compiler is looked at. */
    private static final int ANSWERS_A_LOOK = 100;

    /** Looks in a row that find the compiler idle. */
    private static final int IDLE_LOOKS = 2;

    /** The compiler's share of a core below which it counts as idle. */
    private static final double IDLE_SHARE = 0.05;

    /** A compiler that never comes to an end is left to it. */
    private static final Duration MOST = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GatlingEngine engine;
    private final Wire wire;
    private final StreamListener records;

    private WarmUp(GatlingEngine engine, Wire wire, StreamListener records) {
        this.engine = engine;
        this.wire = wire;
        this.records = records;
    }

    /**
     * Sends load to a server in this JVM.
     *
     * @param wire by which orders will come
     * @throws IOException when it is not answered
     */
    static void run(GatlingEngine engine, Wire wire) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("airworthy-warm-up-");
        Path log = folder.resolve("requests.jsonl");
        try (Recorder recorder = Recorder.open(log)) {
            run(engine, wire, recorder);
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(folder);
        }
    }

    /** The same with records that go where a recorder hands them on to. */
    static void run(GatlingEngine engine, Wire wire, Recorder recorder) throws IOException, InterruptedException {
        new WarmUp(engine, wire, new Recorded(new Tally(), recorder)).stream();
        recorder.finish();
    }

    private void stream() throws IOException, InterruptedException {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        try (WarmUpServer server = WarmUpServer.start()) {
            Answers answers = begin(server);
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

    private Answers begin(WarmUpServer server) throws IOException {
        Answers answers = new Answers(records);
        StreamOrder order = new StreamOrder(
                StreamOrder.WARM_UP,
                server.url(),
                "any",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PER_SECOND,
                0,
                "chat",
                new Timeouts(PATIENCE, PATIENCE, PATIENCE),
                1);
        engine.start(overTheWire(order), System.nanoTime(), answers);
        return answers;
    }

    /** Writes and reads an order as the harness will: the first reading of one took 40 ms, and its requests were late. */
    private StreamOrder overTheWire(StreamOrder order) throws IOException {
        Command command = wire.command(wire.line(new Command.Start(order, 0)));
        return command instanceof Command.Start(StreamOrder read, long _) ? read : order;
    }

    private static final class Answers implements StreamListener {

        private final StreamListener records;
        private final Semaphore answered = new Semaphore(0);

        Answers(StreamListener records) {
            this.records = records;
        }

        @Override
        public void scheduled() {
            records.scheduled();
        }

        @Override
        public void ended(RequestRecord request) {
            records.ended(request);
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
