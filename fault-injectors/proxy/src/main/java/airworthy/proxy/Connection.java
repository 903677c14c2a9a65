package airworthy.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A client's connection and the one to the model server that belongs to it, opened and closed together: what the client
 * sees of keep-alive, refusals and cuts is what it would see without us, and no request is ever sent twice.
 *
 * <p>One thread passes requests, and learns so at once when the client leaves; another passes answers.
 */
final class Connection {

    private static final Set<String> NO_UPGRADE = Set.of("upgrade", "http2-settings");
    private static final Set<String> PLAIN = Set.of("accept-encoding");

    private final Socket client;
    private final Socket upstream;
    private final Passing passing;
    private final BlockingQueue<Exchange> asked = new LinkedBlockingQueue<>();
    private volatile boolean closing;
    private volatile boolean busy;
    private volatile boolean clientGone;

    Connection(Socket client, Socket upstream, Passing passing) {
        this.client = client;
        this.upstream = upstream;
        this.passing = passing;
    }

    /** Passes requests and answers until one side ends. */
    void run() {
        Thread answers = Thread.ofVirtual().name("answers").start(this::passAnswers);
        try {
            passRequests();
            clientGone = true;
        } catch (UpstreamGoneException _) {
            // The exchange that it hit tells so.
        } catch (IOException _) {
            clientGone = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close(false);
            answers.interrupt();
            settle();
        }
    }

    /** Ends as soon as no answer is under way. */
    void drain() {
        closing = true;
        if (!busy) {
            close(false);
        }
    }

    /** Ends now. */
    void end() {
        close(false);
    }

    private void passRequests() throws IOException, InterruptedException {
        HttpInput in = new HttpInput(client.getInputStream());
        OutputStream out = upstream.getOutputStream();
        for (Optional<Head> next = in.head(); next.isPresent() && !closing; next = in.head()) {
            Head head = next.get();
            BodyScanner body = BodyScanner.ofRequest(head);
            Exchange exchange = passing.began(head);
            busy = true;
            Optional<Disturbance.Refuse> refusal = passing.refusal(exchange);
            if (refusal.isPresent()) {
                refuse(exchange, refusal.get(), head, body, in);
                return;
            }
            asked.add(exchange);
            byte[] start = forwarded(head, exchange).bytes();
            send(out, start, 0, start.length);
            while (in.take(body, (bytes, from, count) -> send(out, bytes, from, count), HttpInput.Bytes.NOWHERE)) {
                // Each piece went out as it came.
            }
            // The next head is waited for at once: that is how a client that leaves is noticed.
            if (in.await()) {
                exchange.awaitAnswered();
            }
        }
    }

    private static void send(OutputStream upstream, byte[] bytes, int from, int count) throws UpstreamGoneException {
        try {
            upstream.write(bytes, from, count);
        } catch (IOException e) {
            throw new UpstreamGoneException(e);
        }
    }

    /** What cannot be passed on without reading it is not asked for. */
    private static Head forwarded(Head head, Exchange exchange) {
        Head plain = head.field("upgrade").isEmpty()
                ? head
                : head.without(NO_UPGRADE).without(Set.of("connection"));
        return exchange.disturbable() ? plain.without(PLAIN) : plain;
    }

    private void refuse(Exchange exchange, Disturbance.Refuse refusal, Head head, BodyScanner body, HttpInput in)
            throws IOException {
        try {
            while (head.field("expect").isEmpty() && in.take(body, HttpInput.Bytes.NOWHERE, HttpInput.Bytes.NOWHERE)) {
                // Read to its end: a connection closed over unread bytes is reset, and the answer with it.
            }
            exchange.began(refusal.status());
            exchange.disturbed(refusal);
            client.getOutputStream().write(Refusal.of(refusal.status()));
            exchange.ended(Ending.OURS);
        } finally {
            passing.ended(exchange);
        }
    }

    private void passAnswers() {
        boolean byReset = false;
        try {
            HttpInput in = new HttpInput(upstream.getInputStream());
            while (in.await()) {
                Exchange exchange = asked.poll();
                if (exchange == null || !answer(exchange, in)) {
                    return;
                }
            }
        } catch (CutByUsException e) {
            byReset = e.byReset();
        } catch (UpstreamGoneException e) {
            byReset = e.byReset();
        } catch (IOException _) {
            // One of the two sides is gone; the exchange that it hit tells how.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close(byReset);
            settle();
        }
    }

    /** Ends what was asked and will not be answered. */
    private void settle() {
        for (Exchange left = asked.poll(); left != null; left = asked.poll()) {
            end(left, clientGone ? Ending.CLIENT_GONE : Ending.UPSTREAM_CUT);
        }
    }

    private void end(Exchange exchange, Ending how) {
        exchange.ended(how);
        passing.ended(exchange);
        exchange.answered();
    }

    private boolean answer(Exchange exchange, HttpInput in) throws IOException, InterruptedException {
        try {
            boolean goesOn = passing.answer(exchange, in, client.getOutputStream());
            busy = !asked.isEmpty();
            return goesOn && !closing;
        } catch (MalformedHttpException e) {
            exchange.ended(Ending.UPSTREAM_CUT);
            throw e;
        } finally {
            boolean leftByClient = clientGone && exchange.ending() == Ending.UPSTREAM_CUT;
            end(exchange, leftByClient ? Ending.CLIENT_GONE : exchange.ending());
        }
    }

    private void close(boolean byReset) {
        try {
            if (byReset) {
                client.setSoLinger(true, 0);
            }
        } catch (IOException _) {
            // Closed already.
        }
        closeQuietly(client);
        closeQuietly(upstream);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // There is nobody to tell.
        }
    }
}
