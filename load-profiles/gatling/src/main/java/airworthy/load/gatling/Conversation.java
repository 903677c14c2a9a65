package airworthy.load.gatling;

import airworthy.load.Command;
import airworthy.load.LoadLog;
import airworthy.load.Notice;
import airworthy.load.StreamOrder;
import airworthy.load.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Obeys commands and says what came of them. */
final class Conversation implements AutoCloseable {

    private final GatlingEngine engine;
    private final Consumer<String> out;
    private final Wire wire;
    private final ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("progress").daemon().factory());

    /**
     * @param out takes one line at a time
     */
    Conversation(GatlingEngine engine, Wire wire, Consumer<String> out) {
        this.engine = engine;
        this.wire = wire;
        this.out = out;
    }

    /** Says that commands can come, and from then on each second how far the load is. */
    void ready(int users) {
        rehearse();
        engine.warm();
        say(new Notice.Ready(Wire.PROTOCOL, users));
        var _ = seconds.scheduleAtFixedRate(() -> say(new Notice.Progress(engine.progress())), 1, 1, TimeUnit.SECONDS);
    }

    /** The first writing of a notice takes some 8 ms, for which a core has no time once streams are under way. */
    private void rehearse() {
        List.of(
                        new Notice.Started(StreamOrder.WARM_UP),
                        new Notice.Progress(engine.progress()),
                        new Notice.Clock(System.nanoTime()),
                        new Notice.Counted(StreamOrder.WARM_UP, 0),
                        new Notice.Stopped(StreamOrder.WARM_UP, 0))
                .forEach(wire::line);
    }

    /**
     * Obeys one command.
     *
     * @return whether another may follow
     * @throws IOException when the line is no command, or the log cannot be completed
     */
    boolean obey(String line) throws IOException, InterruptedException {
        return switch (wire.command(line)) {
            case Command.Begin() -> true; // it has
            case Command.Start(StreamOrder order, long firstNs) -> {
                start(order, firstNs);
                yield true;
            }
            case Command.Count(String stream) -> {
                count(stream);
                yield true;
            }
            case Command.Clock() -> {
                say(new Notice.Clock(System.nanoTime()));
                yield true;
            }
            case Command.Stop(String stream, Duration grace) -> {
                stops.execute(() -> stop(stream, grace));
                yield true;
            }
            case Command.Finish() -> {
                LoadLog log = engine.finish();
                say(new Notice.Finished(log, engine.health()));
                yield false;
            }
        };
    }

    private void start(StreamOrder order, long firstNs) {
        try {
            engine.start(order, firstNs);
            say(new Notice.Started(order.stream()));
        } catch (IOException e) {
            say(new Notice.Refused(order.stream(), String.valueOf(e.getMessage())));
        }
    }

    private void count(String stream) {
        try {
            say(new Notice.Counted(stream, engine.sent(stream)));
        } catch (IOException e) {
            say(new Notice.Refused(stream, String.valueOf(e.getMessage())));
        }
    }

    private void stop(String stream, Duration grace) {
        try {
            say(new Notice.Stopped(stream, engine.stop(stream, grace)));
        } catch (IOException e) {
            say(new Notice.Refused(stream, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            say(new Notice.Refused(stream, "the load JVM is ending"));
        }
    }

    private void say(Notice notice) {
        out.accept(wire.line(notice));
    }

    @Override
    public void close() {
        seconds.shutdownNow();
        stops.shutdownNow();
    }
}
