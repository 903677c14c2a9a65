package airworthy.load.gatling;

import airworthy.load.Command;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.load.Wire;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs the whole path of a request until the JVM has compiled it, so that the first measured request is like the rest. */
final class WarmUp {

    private static final int ANSWERS = 600;
    private static final double PER_SECOND = 400;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private WarmUp() {}

    /**
     * Sends load to a server in this JVM.
     *
     * @throws IOException when not all of it is answered
     */
    static void run(GatlingEngine engine) throws IOException, InterruptedException {
        Answers answers = new Answers();
        try (WarmUpServer server = WarmUpServer.start()) {
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
                    new Timeouts(LIMIT, LIMIT, LIMIT),
                    1);
            engine.start(overTheWire(order), System.nanoTime(), answers);
            boolean answered = answers.await();
            engine.stop(order.stream(), LIMIT);
            if (!answered) {
                throw new IOException("warm-up: found %d of %d requests unanswered after %s"
                        .formatted(answers.missing(), ANSWERS, LIMIT));
            }
        }
    }

    /** Writes and reads an order as the harness will: the first reading of one took 40 ms, and its requests were late. */
    private static StreamOrder overTheWire(StreamOrder order) throws IOException {
        Wire wire = new Wire();
        Command command = wire.command(wire.line(new Command.Start(order, 0)));
        return command instanceof Command.Start(StreamOrder read, long _) ? read : order;
    }

    private static final class Answers implements StreamListener {

        private final CountDownLatch open = new CountDownLatch(ANSWERS);

        @Override
        public void scheduled() {
            // Only answers count.
        }

        @Override
        public void ended(RequestRecord request) {
            if (request.outcome() == RequestOutcome.OK) {
                open.countDown();
            }
        }

        boolean await() throws InterruptedException {
            return open.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }

        long missing() {
            return open.getCount();
        }
    }
}
