package airworthy.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;

/**
 * Passes one stream of events on, each as a piece of its own, when its turn has come. A thread beside it reads ahead, so that
 * events are stamped when they come and the model server does not feel that somebody holds them back.
 */
final class EventRelay {

    /** Beyond so many events held back, the model server is made to wait. */
    private static final int READ_AHEAD = 8192;

    /** What vLLM sends when its engine fails under a stream: an error, then the usual end. */
    private static final byte[] ERROR = """
        data: {"error": {"message": "EngineCore encountered an issue.", "type": "InternalServerError", \
        "param": null, "code": 500}}

        data: [DONE]

        """.getBytes(StandardCharsets.UTF_8);

    private final Exchange exchange;
    private final AnswerSink sink;
    private final Levers levers;
    private final StreamPace pace;
    private final LongSupplier nanos;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(READ_AHEAD);

    EventRelay(Exchange exchange, AnswerSink sink, Levers levers, StreamPace pace, LongSupplier nanos) {
        this.exchange = exchange;
        this.sink = sink;
        this.levers = levers;
        this.pace = pace;
        this.nanos = nanos;
    }

    /**
     * Passes the stream on to its end.
     *
     * @return whether the connection may be used again
     * @throws CutByUsException when it is to end in mid-answer
     * @throws IOException when one of the two sides ended
     */
    boolean run(HttpInput from, BodyScanner body) throws IOException, InterruptedException {
        Thread reader = Thread.ofVirtual().name("events").start(() -> read(from, body));
        try {
            return pass();
        } finally {
            exchange.passed(sink.bytes(), pace.sent());
            pace.leave();
            reader.interrupt();
        }
    }

    private void read(HttpInput from, BodyScanner body) {
        long[] stamp = new long[1];
        EventSplitter splitter = new EventSplitter(event -> {
            boolean data = EventSplitter.hasData(event);
            if (data) {
                pace.arrived(stamp[0]);
            }
            put(new Piece(event, data, stamp[0]));
        });
        HttpInput.Bytes payload = splitter::feed;
        try {
            while (from.await()) {
                stamp[0] = nanos.getAsLong();
                if (!from.take(body, HttpInput.Bytes.NOWHERE, payload) || body.complete()) {
                    break;
                }
            }
            // Says whether the end is a proper one.
            from.take(body, HttpInput.Bytes.NOWHERE, payload);
            splitter.rest();
            put(new End());
        } catch (IOException e) {
            splitter.rest();
            put(new Broken(e));
        }
    }

    private void put(Item item) {
        try {
            items.put(item);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // Nobody listens any more: reading ends at the closed connection.
        }
    }

    private boolean pass() throws IOException, InterruptedException {
        while (true) {
            switch (items.take()) {
                case Piece piece -> {
                    if (awaitTurn(piece.arrival, !piece.data) instanceof Turn.Pass(boolean wrongWords)) {
                        sink.send(wrongWords ? wrong(piece.event) : piece.event);
                        if (piece.data) {
                            pace.passed(nanos.getAsLong());
                        }
                    } else {
                        return fail();
                    }
                }
                case End() -> {
                    if (awaitTurn(nanos.getAsLong(), true) instanceof Turn.Fail) {
                        return fail();
                    }
                    sink.complete();
                    exchange.ended(Ending.COMPLETE);
                    return true;
                }
                case Broken(IOException why) -> {
                    exchange.ended(Ending.UPSTREAM_CUT);
                    throw new UpstreamGoneException(why);
                }
            }
        }
    }

    private Turn awaitTurn(long arrival, boolean silent) throws CutByUsException, InterruptedException {
        while (true) {
            List<Disturbance> now = levers.disturbances();
            switch (pace.next(now, nanos.getAsLong(), arrival, silent)) {
                case Turn.Pass pass -> {
                    return pass;
                }
                case Turn.Fail fail -> {
                    note(now, Disturbance.InBandError.class);
                    return fail;
                }
                case Turn.End(boolean byReset) -> {
                    note(now, Disturbance.Cut.class);
                    exchange.ended(Ending.OURS);
                    throw new CutByUsException(byReset);
                }
                case Turn.Hold(Duration left, Disturbance why) -> {
                    exchange.disturbed(why);
                    levers.awaitChange(left, now);
                }
            }
        }
    }

    private void note(List<Disturbance> now, Class<? extends Disturbance> which) {
        now.stream().filter(which::isInstance).forEach(exchange::disturbed);
    }

    private byte[] wrong(byte[] event) {
        byte[] changed = WrongWords.inEvent(event);
        if (!Arrays.equals(changed, event)) {
            exchange.disturbed(new Disturbance.WrongWords());
        }
        return changed;
    }

    private boolean fail() throws IOException {
        sink.send(ERROR);
        sink.complete();
        exchange.ended(Ending.OURS);
        return false;
    }

    private sealed interface Item {}

    /** What came between two blank lines. */
    private static final class Piece implements Item {
        private final byte[] event;
        private final boolean data;
        private final long arrival;

        Piece(byte[] event, boolean data, long arrival) {
            this.event = event;
            this.data = data;
            this.arrival = arrival;
        }
    }

    private record End() implements Item {}

    private record Broken(IOException why) implements Item {}
}
