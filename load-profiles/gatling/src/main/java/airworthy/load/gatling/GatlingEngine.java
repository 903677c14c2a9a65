package airworthy.load.gatling;

import airworthy.load.EngineHealth;
import airworthy.load.LoadLog;
import airworthy.load.LoadProgress;
import airworthy.load.StreamOrder;
import airworthy.model.RequestRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One Gatling run, the streams it sends and the log of them. Safe for any number of threads. */
final class GatlingEngine implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(30);

    /** For event loops to act on a cancellation. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final UserPool users = new UserPool();
    private final Pacer pacer = new Pacer();
    private final Tally tally = new Tally();
    private final Vitals vitals = new Vitals();
    private final Map<String, RunningStream> streams = new ConcurrentHashMap<>();
    private final Recorder recorder;
    private final Thread run;

    private GatlingEngine(Recorder recorder, int size) {
        this.recorder = recorder;
        this.run = Thread.ofPlatform().name("gatling").daemon().unstarted(() -> runGatling(size));
    }

    private void runGatling(int size) {
        try {
            new GatlingRun(vitals).run(users, size);
        } finally {
            // Nobody waits for users that will not come.
            users.close();
        }
    }

    /**
     * Starts Gatling and waits until all users are parked.
     *
     * @param log the file to write
     * @param users requests that can be in flight at once
     * @throws IOException when the log cannot be made, or Gatling does not come up
     */
    static GatlingEngine start(Path log, int users) throws IOException, InterruptedException {
        return start(Recorder.open(log), users);
    }

    /** The same with records handed to a recorder, which is closed with the engine. */
    static GatlingEngine start(Recorder recorder, int users) throws IOException, InterruptedException {
        GatlingEngine engine = new GatlingEngine(recorder, users);
        engine.run.start();
        if (!engine.users.awaitParked(users, START)) {
            engine.close();
            throw new IOException("Gatling: found fewer than %d users waiting after %s".formatted(users, START));
        }
        engine.pacer.start();
        return engine;
    }

    /**
     * Starts a stream whose records are kept, unless it is for warming up.
     *
     * @param firstNs the monotonic time at which its schedule begins
     * @throws IOException when its profile cannot be read or a stream of that name is running
     */
    void start(StreamOrder order, long firstNs) throws IOException {
        start(order, firstNs, order.recorded() ? new Recorded(tally, recorder) : new Dropped());
    }

    /** Starts a stream with a listener of its own. */
    void start(StreamOrder order, long firstNs, StreamListener listener) throws IOException {
        RunningStream stream = RunningStream.of(order, firstNs, users, listener, pacer::dueAgain);
        if (streams.putIfAbsent(order.stream(), stream) != null) {
            throw new IOException("stream %s is running already".formatted(order.stream()));
        }
        pacer.add(stream);
    }

    /**
     * Stops a stream and waits until nothing of it is in flight.
     *
     * @param grace after which what is in flight is cancelled
     * @return how many requests were scheduled
     * @throws IOException when no such stream is running, or a request could not be ended
     */
    long stop(String name, Duration grace) throws IOException, InterruptedException {
        RunningStream stream = running(name);
        drain(name, stream, grace);
        return stream.requests();
    }

    /**
     * Counts the requests of a stream that were handed to a user.
     *
     * @throws IOException when no such stream is running
     */
    long sent(String name) throws IOException {
        return running(name).sent();
    }

    private RunningStream running(String name) throws IOException {
        RunningStream stream = streams.get(name);
        if (stream == null) {
            throw new IOException("no stream %s is running".formatted(name));
        }
        return stream;
    }

    private void drain(String name, RunningStream stream, Duration grace) throws IOException, InterruptedException {
        stream.stop();
        if (!stream.awaitDrained(grace)) {
            stream.cancel();
            if (!stream.awaitDrained(SETTLE)) {
                throw new IOException(
                        "stream %s: requests are still in flight %s after they were cancelled".formatted(name, SETTLE));
            }
        }
        streams.remove(name, stream);
    }

    /**
     * Stops every stream without grace and completes the log.
     *
     * @throws IOException when a request could not be ended, or a record not be written
     */
    LoadLog finish() throws IOException, InterruptedException {
        Map<String, RunningStream> running = Map.copyOf(streams);
        running.values().forEach(RunningStream::stop);
        for (Map.Entry<String, RunningStream> stream : running.entrySet()) {
            drain(stream.getKey(), stream.getValue(), Duration.ZERO);
        }
        return recorder.finish();
    }

    /** What comes from now on counts: all is compiled, and what getting there left in memory is cleared away. */
    void warm() {
        System.gc();
        vitals.begin();
    }

    EngineHealth health() {
        return vitals.health();
    }

    LoadProgress progress() {
        return tally.progress();
    }

    /** Sends the users home; what is in flight is dropped. */
    @Override
    public void close() throws IOException {
        pacer.close();
        streams.values().forEach(RunningStream::stop);
        streams.values().forEach(RunningStream::cancel);
        users.close();
        recorder.close();
    }

    private static final class Dropped implements StreamListener {
        @Override
        public void scheduled() {
            // Warm-up leaves no trace.
        }

        @Override
        public void ended(RequestRecord request) {
            // Warm-up leaves no trace.
        }
    }
}
