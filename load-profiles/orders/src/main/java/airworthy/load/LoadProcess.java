package airworthy.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A load engine in a JVM of its own, spoken to over its standard input and output. It ends when its input closes, so it
 * cannot outlive this one. On this machine it writes its log itself and has our clock; elsewhere its records arrive as
 * notices, are written here, and its times are told by our clock. Safe for any number of threads.
 */
public final class LoadProcess implements LoadEngine {

    /** How long requests in flight may go on after a stop. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** For answers that take no work of the platform under test. */
    private static final Duration PROMPT = Duration.ofSeconds(30);

    /** By when an order has been read, so that its first request is not late for that. */
    private static final Duration LEAD = Duration.ofMillis(50);

    private static final int LAST_WORDS = 20;

    /** The best of so many is hardly ever one that had to wait on its way. */
    private static final int CLOCK_QUESTIONS = 16;

    private final FarEnd end;
    private final Optional<Arrivals> arrivals;
    private final Writer commands;
    private final Wire wire = new Wire();
    private final Replies replies = new Replies();
    private final Consumer<LoadProgress> onProgress;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private final Thread hearing;
    private final Thread overhearing;
    private volatile boolean ending;
    private volatile @Nullable EngineHealth health;
    private volatile ClockOffset toldBy = ClockOffset.NONE;

    private LoadProcess(FarEnd end, Optional<Arrivals> arrivals, Consumer<LoadProgress> onProgress) {
        this.end = end;
        this.arrivals = arrivals;
        this.onProgress = onProgress;
        this.commands = new BufferedWriter(new OutputStreamWriter(end.commands(), StandardCharsets.UTF_8));
        this.overhearing = Thread.ofVirtual().name("load-stderr").unstarted(this::overhear);
        this.hearing = Thread.ofVirtual().name("load-stdout").unstarted(this::hear);
    }

    /**
     * Starts a load JVM and waits until it is warm.
     *
     * @param command its command line; standard streams must be pipes
     * @param within how long that may take
     * @param onProgress called each second on a thread of this object; must not block
     * @throws LoadEngineDied when it ends instead
     * @throws IOException when it cannot be started, is not ready in time, or speaks another protocol
     */
    public static LoadProcess start(ProcessBuilder command, Duration within, Consumer<LoadProgress> onProgress)
            throws IOException, InterruptedException {
        LoadProcess load = new LoadProcess(FarEnd.of(command.start()), Optional.empty(), onProgress);
        boolean ready = false;
        try {
            Replies.Reply reply = load.replies.expect(Replies.ENGINE);
            load.listen();
            load.awaitReady(reply, within);
            ready = true;
            return load;
        } finally {
            if (!ready) {
                load.close();
            }
        }
    }

    /**
     * Takes over a load JVM elsewhere, which waits to be told to begin, and has it get warm.
     *
     * @param log where its records are written here, which must not exist
     * @param onProgress called each second on a thread of this object; must not block
     * @throws IOException when the log cannot be made
     */
    public static Attached attach(FarEnd end, Path log, Consumer<LoadProgress> onProgress) throws IOException {
        LoadProcess load = new LoadProcess(end, Optional.of(new Arrivals(end.where(), log)), onProgress);
        Attached attached = new Attached(load, load.replies.expect(Replies.ENGINE));
        load.listen();
        load.send(new Command.Begin());
        return attached;
    }

    /** A load JVM that is getting warm. For one thread. */
    public static final class Attached implements AutoCloseable {
        private final LoadProcess load;
        private final Replies.Reply reply;

        private Attached(LoadProcess load, Replies.Reply reply) {
            this.load = load;
            this.reply = reply;
        }

        /**
         * Waits until it is warm, and learns what its clock says.
         *
         * @param within how long that may take
         * @throws LoadEngineDied when it ends instead
         * @throws IOException when it is not ready in time, or speaks another protocol
         */
        public LoadProcess awaitReady(Duration within) throws IOException, InterruptedException {
            load.awaitReady(reply, within);
            load.toldBy = load.clock();
            load.arrivals.orElseThrow().by(load.toldBy);
            return load;
        }

        /** Ends it. */
        @Override
        public void close() {
            load.close();
        }
    }

    private void listen() {
        overhearing.start();
        hearing.start();
    }

    private void awaitReady(Replies.Reply reply, Duration within) throws IOException, InterruptedException {
        Notice notice = reply.await("start of the load JVM", within);
        if (!(notice instanceof Notice.Ready(int protocol, int _)) || protocol != Wire.PROTOCOL) {
            throw new IOException(
                    "load: found %s from the load JVM, expected it ready with protocol %d; harness and load folder are of different builds"
                            .formatted(notice, Wire.PROTOCOL));
        }
    }

    @Override
    public void start(StreamOrder order) throws IOException, InterruptedException {
        prepare(order);
        start(order, System.nanoTime() + LEAD.toNanos());
    }

    /** Gets ready to write an order: on a busy core the first writing of one took longer than its lead, and its requests were late. */
    public void prepare(StreamOrder order) {
        wire.line(new Command.Start(order, 0));
    }

    /**
     * Starts a stream.
     *
     * @param firstNs the monotonic time, by our clock, at which its schedule begins
     * @throws IOException as {@link #start(StreamOrder)}
     */
    public void start(StreamOrder order, long firstNs) throws IOException, InterruptedException {
        Command start = new Command.Start(order, toldBy.theirs(firstNs));
        ask(order.stream(), "start of stream " + order.stream(), start, PROMPT);
    }

    /** Where it is, for people. */
    public String where() {
        return end.where();
    }

    /** By how much its times are moved before they are told: not at all on this machine, which has one clock. */
    public ClockOffset toldBy() {
        return toldBy;
    }

    /**
     * How far its clock is ahead of ours now: the best of a few questions.
     *
     * @throws IOException when the engine is gone
     */
    public ClockOffset clock() throws IOException, InterruptedException {
        ClockOffset best = askClock();
        for (int more = 1; more < CLOCK_QUESTIONS; more++) {
            best = best.orBetter(askClock());
        }
        return best;
    }

    private ClockOffset askClock() throws IOException, InterruptedException {
        long askedNs = System.nanoTime();
        Notice notice = ask(Replies.ENGINE, "question for the clock", new Command.Clock(), PROMPT);
        if (notice instanceof Notice.Clock(long theirNs)) {
            return ClockOffset.of(askedNs, theirNs, System.nanoTime());
        }
        throw new IOException("load: found %s, expected what the clock says".formatted(notice));
    }

    @Override
    public long sent(String stream) throws IOException, InterruptedException {
        Notice notice = ask(stream, "count of stream " + stream, new Command.Count(stream), PROMPT);
        if (notice instanceof Notice.Counted(String _, long sent)) {
            return sent;
        }
        throw new IOException("load: found %s, expected the count of stream %s".formatted(notice, stream));
    }

    @Override
    public void stop(String stream) throws IOException, InterruptedException {
        stop(stream, GRACE);
    }

    /**
     * Schedules no more of a stream and waits until none of its requests is in flight.
     *
     * @param grace after which what is in flight is cancelled
     * @throws IOException as {@link #stop(String)}
     */
    public void stop(String stream, Duration grace) throws IOException, InterruptedException {
        ask(stream, "stop of stream " + stream, new Command.Stop(stream, grace), grace.plus(PROMPT));
    }

    @Override
    public LoadLog finish() throws IOException, InterruptedException {
        return finish(PROMPT);
    }

    /**
     * The same of an engine that has something to do first.
     *
     * @param within how long that may take
     * @throws IOException as {@link #finish()}
     */
    public LoadLog finish(Duration within) throws IOException, InterruptedException {
        Notice notice = ask(Replies.ENGINE, "finish of the load", new Command.Finish(), within);
        ending = true;
        if (notice instanceof Notice.Finished(LoadLog log, EngineHealth seen)) {
            health = seen;
            return log;
        }
        throw new IOException("load: found %s, expected the finished log".formatted(notice));
    }

    /** While somebody waits for {@link #finish(Duration)}: do not go on to the end, finish with what there is. */
    public void hurry() {
        send(new Command.Finish());
    }

    /** What the engine saw of itself, once it has finished. */
    public Optional<EngineHealth> health() {
        return Optional.ofNullable(health);
    }

    private Notice ask(String topic, String what, Command command, Duration within)
            throws IOException, InterruptedException {
        Replies.Reply reply = replies.expect(topic);
        send(command);
        Notice notice = reply.await(what, within);
        if (notice instanceof Notice.Refused(String _, String why)) {
            throw new IOException("load: %s: %s".formatted(what, why));
        }
        return notice;
    }

    private void send(Command command) {
        synchronized (commands) {
            try {
                commands.write(wire.line(command) + "\n");
                commands.flush();
            } catch (IOException _) {
                // The pipe is gone because the process is; hear() fails the reply, with the reason and the last words.
                return;
            }
        }
    }

    private void hear() {
        IOException cause = null;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(end.notices(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                dispatch(wire.notice(line));
            }
        } catch (IOException e) {
            cause = e;
        }
        replies.fail(death(cause));
    }

    private void dispatch(Notice notice) throws IOException {
        switch (notice) {
            case Notice.Ready _, Notice.Clock _ -> replies.deliver(Replies.ENGINE, notice);
            case Notice.Finished(LoadLog log, EngineHealth seen) ->
                replies.deliver(Replies.ENGINE, new Notice.Finished(whole(log), seen));
            case Notice.Recorded(String line) -> arrivals().take(line);
            case Notice.Started(String stream) -> replies.deliver(stream, notice);
            case Notice.Counted(String stream, long _) -> replies.deliver(stream, notice);
            case Notice.Stopped(String stream, long _) -> replies.deliver(stream, notice);
            case Notice.Refused(String stream, String _) -> replies.deliver(stream, notice);
            case Notice.Progress(LoadProgress progress) -> {
                if (arrivals.isPresent()) {
                    arrivals.get().flush();
                }
                onProgress.accept(progress);
            }
        }
    }

    private Arrivals arrivals() throws IOException {
        return arrivals.orElseThrow(
                () -> new IOException("load: found a record from a load JVM that was told to write a log"));
    }

    /** The log as it is here. */
    private LoadLog whole(LoadLog told) throws IOException {
        return arrivals.isPresent() ? arrivals.get().finish(told) : told;
    }

    /** @param cause why it is no longer heard, where that is known: then it may be about to end, or in the best of health */
    private IOException death(@Nullable IOException cause) {
        if (ending) {
            return new IOException("the load JVM has ended, as it was told to");
        }
        try {
            Optional<String> how = end.awaitEnd(cause == null ? PROMPT : GRACE);
            if (how.isEmpty() && cause != null) {
                return cause;
            }
            overhearing.join(Duration.ofSeconds(1));
            synchronized (lastWords) {
                return new LoadEngineDied(how.orElse("closed its output"), List.copyOf(lastWords));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LoadEngineDied("closed its output", List.of());
        }
    }

    private void overhear() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(end.words(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lastWords) {
                    lastWords.addLast(line);
                    if (lastWords.size() > LAST_WORDS) {
                        lastWords.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            synchronized (lastWords) {
                lastWords.addLast("(its standard error broke: " + e.getMessage() + ")");
            }
        }
    }

    @Override
    public void close() {
        ending = true;
        try {
            commands.close();
        } catch (IOException _) {
            // A pipe to a process that is gone has nothing left to flush.
            end.kill();
        }
        try {
            if (end.awaitEnd(GRACE).isEmpty()) {
                end.kill();
            }
            for (Thread thread : List.of(hearing, overhearing)) {
                thread.join(GRACE);
            }
        } catch (InterruptedException e) {
            end.kill();
            Thread.currentThread().interrupt();
        } finally {
            arrivals.ifPresent(LoadProcess::closeQuietly);
        }
    }

    /** What was to be kept is on disk since the finish; without one, nobody was promised anything. */
    private static void closeQuietly(Arrivals arrivals) {
        try {
            arrivals.close();
        } catch (IOException _) {
            // As above.
        }
    }
}
