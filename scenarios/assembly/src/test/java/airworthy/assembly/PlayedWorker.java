package airworthy.assembly;

import airworthy.load.Command;
import airworthy.load.Demand;
import airworthy.load.EngineHealth;
import airworthy.load.FarEnd;
import airworthy.load.LoadProfiles;
import airworthy.load.Notice;
import airworthy.load.RequestNotices;
import airworthy.load.StreamOrder;
import airworthy.load.Wire;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/**
 * A load worker whose clock is off, and whose requests live through what their numbers say: it sends nothing, and its
 * records come at once.
 */
final class PlayedWorker implements FarEnd {
    private static final int PIPE = 1 << 20;

    private final long aheadNs;
    private final Wire wire = new Wire();
    private final PipedInputStream toRead = new PipedInputStream(PIPE);
    private final PipedInputStream notices = new PipedInputStream(PIPE);
    private final PipedOutputStream commands;
    private final PrintStream out;
    private final RequestNotices records;
    private final Thread thread = Thread.ofVirtual().unstarted(this::live);

    /** @param aheadNs how far its clock is ahead of this machine's */
    PlayedWorker(long aheadNs) {
        this.aheadNs = aheadNs;
        try {
            commands = new PipedOutputStream(toRead);
            out = new PrintStream(new PipedOutputStream(notices), true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        records = new RequestNotices(this::say);
        thread.start();
    }

    private void live() {
        try (out;
                BufferedReader in = new BufferedReader(new InputStreamReader(toRead, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                obey(wire.command(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void obey(Command command) throws IOException {
        switch (command) {
            case Command.Begin() -> say(new Notice.Ready(Wire.PROTOCOL, 1));
            case Command.Clock() -> say(new Notice.Clock(System.nanoTime() + aheadNs));
            case Command.Count(String stream) -> say(new Notice.Counted(stream, 0));
            case Command.Stop(String stream, Duration _) -> say(new Notice.Stopped(stream, 0));
            case Command.Finish() ->
                say(new Notice.Finished(
                        records.finish(), new EngineHealth(1_000, 500, 2, OptionalLong.empty(), 0, 0, 0, 0)));
            case Command.Start(StreamOrder order, long firstNs) -> {
                send(order, firstNs);
                say(new Notice.Started(order.stream()));
            }
        }
    }

    private void send(StreamOrder order, long firstNs) throws IOException {
        if (!(order.demand() instanceof Demand.Rate rate)) {
            throw new IOException("only rates are played");
        }
        PrimitiveIterator.OfLong offsets =
                LoadProfiles.named(order.profile()).schedule(rate, order.seed()).offsetsNs();
        int left = order.most().orElseThrow();
        for (long number = 0; left > 0; number++) {
            long atNs = firstNs + offsets.nextLong();
            if (order.share().has(number)) {
                records.add(answered(order.stream(), number, atNs));
                left--;
            }
        }
    }

    private static RequestRecord answered(String stream, long number, long atNs) {
        long writtenNs = atNs + 1_000 * (number % 17);
        List<Long> contents = new ArrayList<>();
        for (int event = 0; event < 5; event++) {
            contents.add(writtenNs + 40_000_000 + 100_000 * number + event * (4_000_000 + 1_000 * number));
        }
        return new RequestRecord(
                stream,
                number,
                RequestOutcome.OK,
                OptionalInt.of(200),
                Optional.empty(),
                atNs,
                OptionalLong.of(atNs),
                OptionalLong.of(writtenNs),
                OptionalLong.of(writtenNs + 1_000_000),
                contents,
                contents.getLast() + 500_000,
                OptionalInt.of(5),
                Optional.empty(),
                "",
                OptionalInt.of(24));
    }

    private void say(Notice notice) {
        out.println(wire.line(notice));
    }

    @Override
    public String where() {
        return "pod " + aheadNs;
    }

    @Override
    public OutputStream commands() {
        return commands;
    }

    @Override
    public InputStream notices() {
        return notices;
    }

    @Override
    public InputStream words() {
        return InputStream.nullInputStream();
    }

    @Override
    public Optional<String> awaitEnd(Duration within) throws InterruptedException {
        return thread.join(within) ? Optional.of("of " + where() + " ended") : Optional.empty();
    }

    @Override
    public void kill() {
        thread.interrupt();
    }
}
