package airworthy.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** Passes the answer to one GET on: as it comes, or as another artefact than the store holds. For one thread. */
final class DownloadRelay {

    private static final byte[] NOT_FOUND = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    /** However slowly it comes, a lever that is put back is felt soon. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final Exchange exchange;
    private final Levers levers;
    private final Downloads downloads;
    private final LongSupplier nanos;

    DownloadRelay(Exchange exchange, Levers levers, Downloads downloads, LongSupplier nanos) {
        this.exchange = exchange;
        this.levers = levers;
        this.downloads = downloads;
        this.nanos = nanos;
    }

    /**
     * Passes it on.
     *
     * @return whether the connection may be used again
     */
    boolean run(Head head, BodyScanner body, HttpInput from, OutputStream to) throws IOException, InterruptedException {
        OptionalLong told = body.length();
        Downloads.Meter meter = downloads.began(exchange.path(), told);
        Optional<Corruption> corruption = levers.corruption().filter(each -> told.isPresent() || !each.needsLength());
        exchange.ended(Ending.UPSTREAM_CUT);
        Sink sink = new Sink(to, meter);
        try {
            return switch (corruption.orElse(null)) {
                case null -> pass(head, body, from, sink);
                case Corruption.Slow slow -> pass(head, body, from, sink.slowly(slow));
                case Corruption.Flipped flipped -> pass(head, body, from, sink.flipping(flipped, told.orElseThrow()));
                case Corruption.Truncated cut -> {
                    sink.corrupted(cut);
                    yield truncate(head, body, from, sink, (long) (told.orElseThrow() * cut.keep()));
                }
                case Corruption.OtherDigest other -> {
                    Head changed = OtherDigest.in(head);
                    if (!changed.equals(head)) {
                        sink.corrupted(other);
                    }
                    yield pass(changed, body, from, sink);
                }
                case Corruption.Missing missing -> {
                    sink.corrupted(missing);
                    yield missing(to);
                }
            };
        } finally {
            meter.ended(exchange.ending());
        }
    }

    /** Passes on what is told of an artefact without it: whoever asks so before he fetches must not be told another thing. */
    boolean tell(Head head, OutputStream to) throws IOException {
        Optional<Corruption> corruption = levers.corruption();
        boolean missing = corruption.orElse(null) instanceof Corruption.Missing;
        Head told = corruption.orElse(null) instanceof Corruption.OtherDigest ? OtherDigest.in(head) : head;
        to.write(missing ? NOT_FOUND : told.bytes());
        if (missing || !told.equals(head)) {
            corruption.ifPresent(exchange::corrupted);
        }
        exchange.ended(missing ? Ending.OURS : Ending.COMPLETE);
        return !missing;
    }

    private boolean pass(Head head, BodyScanner body, HttpInput from, Sink sink)
            throws IOException, InterruptedException {
        sink.head(head);
        while (next(body, from)) {
            sink.take(body, from, Long.MAX_VALUE);
        }
        exchange.ended(Ending.COMPLETE);
        return !body.endsWithConnection();
    }

    private boolean truncate(Head head, BodyScanner body, HttpInput from, Sink sink, long keep)
            throws IOException, InterruptedException {
        sink.head(head.without(Set.of("content-length", "connection"))
                .with("Content-Length: " + keep)
                .with("Connection: close"));
        while (sink.sent < keep && next(body, from)) {
            sink.take(body, from, keep - sink.sent);
        }
        exchange.ended(Ending.OURS);
        return false;
    }

    private boolean missing(OutputStream to) throws IOException {
        to.write(NOT_FOUND);
        exchange.ended(Ending.OURS);
        return false;
    }

    /** Whether more of the body is there; waits for it. */
    private static boolean next(BodyScanner body, HttpInput from) throws UpstreamGoneException {
        if (body.complete()) {
            return false;
        }
        try {
            if (from.await()) {
                return true;
            }
        } catch (IOException e) {
            throw new UpstreamGoneException(e);
        }
        if (body.endsWithConnection()) {
            return false;
        }
        throw new UpstreamGoneException(new EOFException("the store ended within an artefact"));
    }

    /** Where the bytes go, and what becomes of them on the way. */
    private final class Sink {
        private final OutputStream to;
        private final Downloads.Meter meter;
        private final long begunNanos = nanos.getAsLong();
        private boolean slow;
        private Optional<BitFlips> flips = Optional.empty();
        private long heldNanos;
        private long sent;

        Sink(OutputStream to, Downloads.Meter meter) {
            this.to = to;
            this.meter = meter;
        }

        Sink slowly(Corruption.Slow by) {
            corrupted(by);
            slow = true;
            return this;
        }

        /** Of what has no tensors nothing is flipped, and nothing is said to be. */
        Sink flipping(Corruption.Flipped by, long length) {
            flips = Optional.of(new BitFlips(by, length));
            return this;
        }

        void corrupted(Corruption by) {
            exchange.corrupted(by);
            meter.corrupted(by);
        }

        void head(Head head) throws IOException {
            to.write(head.bytes());
        }

        /** Takes what has come of the body, and sends at most so much of it. */
        void take(BodyScanner body, HttpInput from, long most) throws IOException, InterruptedException {
            long[] payload = new long[1];
            from.take(
                    body,
                    (bytes, offset, count) -> {
                        int some = (int) Math.min(count, most);
                        // only a body whose bytes are all payload is flipped or cut: its length was announced
                        flips.ifPresent(each -> flip(each, bytes, offset, some));
                        to.write(bytes, offset, some);
                    },
                    (bytes, offset, count) -> payload[0] += count);
            long more = Math.min(payload[0], most);
            sent += more;
            meter.sent(more);
            exchange.passed(sent, 0);
            pause();
        }

        private void flip(BitFlips by, byte[] bytes, int offset, int count) {
            by.apply(bytes, offset, count);
            if (by.turned() > 0) {
                corrupted(by.wish());
                meter.flipped(by.turned());
            }
        }

        private void pause() throws InterruptedException {
            while (slow && levers.corruption().orElse(null) instanceof Corruption.Slow pace) {
                long ahead = ahead(pace);
                if (ahead <= 0) {
                    return;
                }
                long before = nanos.getAsLong();
                Thread.sleep(Duration.ofNanos(Math.min(ahead, LONGEST_PAUSE.toNanos())));
                heldNanos += nanos.getAsLong() - before;
                meter.held(heldNanos);
            }
        }

        /** How long from now on it has to wait, to be as slow as it ought to be. */
        private long ahead(Corruption.Slow pace) {
            long taken = nanos.getAsLong() - begunNanos;
            double byRate = pace.bytesPerSecond() > 0 ? sent * 1e9 / pace.bytesPerSecond() : 0;
            return (long) Math.max(byRate, (taken - heldNanos) * pace.timesAsLong()) - taken;
        }
    }
}
