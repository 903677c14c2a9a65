package airworthy.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Passes answers on: as they come, or as the levers say. Shared by all connections. */
final class Passing {

    /** Clients of stores often ask for the head alone first. */
    private static final Set<String> FETCHES = Set.of("GET", "HEAD");

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL_STATUS = 200;

    private final Chosen chosen;
    private final Levers levers;
    private final Counts counts;
    private final Downloads downloads;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Consumer<String> log;
    private final TokenGaps gaps = new TokenGaps(1);
    private double refusalsDue;

    Passing(
            Chosen chosen,
            Levers levers,
            Counts counts,
            Downloads downloads,
            InstantSource clock,
            LongSupplier nanos,
            Consumer<String> log) {
        this.chosen = chosen;
        this.levers = levers;
        this.counts = counts;
        this.downloads = downloads;
        this.clock = clock;
        this.nanos = nanos;
        this.log = log;
    }

    private long nanos() {
        return nanos.getAsLong();
    }

    /** A part of an artefact is asked for like the whole of one. */
    private static boolean downloads(Exchange exchange, int status) {
        return exchange.download() && (status == 200 || status == 206);
    }

    /** Whether levers concern this request: one that asks for an answer of a model. Health and lists of models stay true. */
    private boolean disturbs(Head request) {
        return request.part(0).equals("POST") && request.part(2).equals("HTTP/1.1") && chosen.has(request);
    }

    Exchange began(Head request) {
        counts.began();
        boolean download = FETCHES.contains(request.part(0)) && chosen.has(request);
        return new Exchange(request, disturbs(request), download, counts, nanos());
    }

    void ended(Exchange exchange) {
        counts.ended(exchange);
        log.accept(exchange.line(clock.instant(), nanos()));
    }

    /** Returns the error that a request is to get, if it is one of the share; the share is kept exactly, not by chance. */
    synchronized Optional<Disturbance.Refuse> refusal(Exchange exchange) {
        if (!exchange.disturbable()) {
            return Optional.empty();
        }
        for (Disturbance disturbance : levers.disturbances()) {
            if (disturbance instanceof Disturbance.Refuse refuse) {
                refusalsDue += refuse.share();
                if (refusalsDue >= 1) {
                    refusalsDue -= 1;
                    return Optional.of(refuse);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Passes one answer on.
     *
     * @return whether the connection may be used again
     * @throws UpstreamGoneException when the model server ended within it
     * @throws CutByUsException when it is to be cut
     * @throws IOException when the client left
     */
    boolean answer(Exchange exchange, HttpInput from, OutputStream to) throws IOException, InterruptedException {
        Head head = head(from, exchange);
        int status = status(head);
        while (status < FIRST_FINAL_STATUS) {
            to.write(head.bytes());
            head = head(from, exchange);
            status = status(head);
        }
        exchange.began(status);
        BodyScanner body = BodyScanner.ofAnswer(head, status, exchange.method());
        if (downloads(exchange, status)) {
            DownloadRelay relay = new DownloadRelay(exchange, levers, downloads, nanos);
            return exchange.method().equals("HEAD") ? relay.tell(head, to) : relay.run(head, body, from, to);
        }
        boolean readable =
                exchange.disturbable() && head.field("content-encoding").isEmpty() && !body.complete();
        if (readable && isEventStream(head)) {
            return stream(exchange, head, body, from, to);
        }
        if (readable && !levers.disturbances().isEmpty()) {
            new WholeAnswer(exchange, levers, nanos).run(head, body, from, to);
        } else {
            to.write(head.bytes());
            asItComes(exchange, body, from, to);
        }
        return !body.endsWithConnection();
    }

    private boolean stream(Exchange exchange, Head head, BodyScanner body, HttpInput from, OutputStream to)
            throws IOException, InterruptedException {
        boolean chunked = !body.endsWithConnection();
        // An announced length would not fit an error put in.
        Head sent = head.field("content-length").isEmpty()
                ? head
                : head.without(Set.of("content-length")).with("Transfer-Encoding: chunked");
        to.write(sent.bytes());
        StreamPace pace = new StreamPace(gaps);
        boolean goesOn = new EventRelay(exchange, new AnswerSink(to, chunked), levers, pace, nanos).run(from, body);
        return goesOn && chunked;
    }

    private static void asItComes(Exchange exchange, BodyScanner body, HttpInput from, OutputStream to)
            throws IOException {
        long[] bytes = new long[1];
        boolean more = true;
        while (more) {
            try {
                more = body.complete() || from.await();
            } catch (IOException e) {
                throw gone(exchange, e);
            }
            if (!more && !body.endsWithConnection()) {
                throw gone(exchange, new EOFException("the model server ended within a body"));
            }
            more = more
                    && from.take(
                            body,
                            (piece, offset, count) -> {
                                to.write(piece, offset, count);
                                bytes[0] += count;
                            },
                            HttpInput.Bytes.NOWHERE);
            exchange.passed(bytes[0], 0);
        }
        exchange.ended(Ending.COMPLETE);
    }

    private static Head head(HttpInput from, Exchange exchange) throws IOException {
        try {
            return from.head().orElseThrow(() -> new EOFException("the model server ended before it answered"));
        } catch (IOException e) {
            throw gone(exchange, e);
        }
    }

    private static UpstreamGoneException gone(Exchange exchange, IOException how) {
        exchange.ended(Ending.UPSTREAM_CUT);
        return new UpstreamGoneException(how);
    }

    private static int status(Head head) throws MalformedHttpException {
        String status = head.part(1);
        if (!head.start().startsWith("HTTP/1.") || !status.matches("[1-5]\\d\\d")) {
            throw new MalformedHttpException("the model server did not answer in HTTP/1.1");
        }
        int number = Integer.parseInt(status);
        if (number == SWITCHING_PROTOCOLS) {
            throw new MalformedHttpException("the model server switched to a protocol that nobody asked for");
        }
        return number;
    }

    private static boolean isEventStream(Head head) {
        return head.field("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .isPresent();
    }
}
