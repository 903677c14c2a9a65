package airworthy.load.gatling;

import airworthy.load.LoadProfile;
import airworthy.load.StreamOrder;
import airworthy.load.Timeouts;
import airworthy.model.RequestOutcome;
import airworthy.model.RequestRecord;
import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request from its hand-over to its one outcome. Everything but {@link #begin} and {@link #cancel} happens on the
 * event loop of its user.
 */
final class Exchange implements HttpListener {

    /** Ends an exchange within Gatling's client without a second attempt. */
    private static final class NotSent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotSent(String why) {
            super(why, null, false, false);
        }
    }

    /** Hears of an exchange's end, once. */
    interface Sink {
        void ended(Exchange exchange, RequestRecord request);
    }

    private final StreamOrder order;
    private final Supplier<Request> request;
    private final Timing.Due due;
    private final User user;
    private final Sink sink;

    private final Stamps stamps = new Stamps();
    private final Optional<LoadProfile.Known> question;
    private final ChatAnswer answer;
    private final SseParser events = new SseParser(this::onEvent);
    private @Nullable Channel channel;
    private @Nullable Response response;
    private @Nullable ScheduledFuture<?> alarm;
    private long startNs;
    private long chunkNs;
    private long lastProgressNs;
    private OptionalLong endMarkNs = OptionalLong.empty();
    private boolean ended;

    /**
     * @param request makes what is sent, on the event loop of its user
     * @param question that it asks, if its answer is known
     */
    Exchange(
            StreamOrder order,
            Supplier<Request> request,
            Optional<LoadProfile.Known> question,
            Timing.Due due,
            User user,
            Sink sink) {
        this.order = order;
        this.request = request;
        this.due = due;
        this.question = question;
        this.answer = new ChatAnswer(question.isPresent());
        this.user = user;
        this.sink = sink;
    }

    /** Hands the request over to its user; from any thread. */
    void begin() {
        user.eventLoop().execute(this::send);
    }

    /** Ends the request if it has not; from any thread. */
    void cancel() {
        user.eventLoop().execute(() -> abort(RequestOutcome.CANCELLED, "stopped by the harness"));
    }

    private void send() {
        startNs = System.nanoTime();
        stamps.start(startNs);
        lastProgressNs = startNs;
        setAlarm(startNs);
        user.send(request.get(), this);
    }

    @Override
    public void onFinalClientRequest(Request request) {
        // Nothing is signed or redirected, so the request is the one that was made.
    }

    /**
     * Refuses a second write: Gatling's client sends a POST again when a pooled connection breaks before the response
     * began, and an answer got by a second attempt is none that the user got.
     */
    @Override
    public void onWrite(Channel written) {
        if (ended) {
            throw new NotSent("given up before it was written");
        }
        if (stamps.write().isPresent()) {
            throw new NotSent("the connection was closed before the response began; not sent again");
        }
        channel = written;
        stamps.write(System.nanoTime());
    }

    @Override
    public void onHttpResponse(HttpResponseStatus status, HttpHeaders headers) {
        if (!ended) {
            stamps.headers(System.nanoTime());
            response = new Response(status.code(), headers, order.replicaHeader());
        }
    }

    @Override
    public void onHttpResponseBodyChunk(ByteBuf chunk, boolean last) {
        chunkNs = System.nanoTime();
        Response head = response;
        if (ended || head == null) {
            return;
        }
        if (head.success()) {
            events.feed(chunk);
        } else {
            head.keep(chunk);
        }
        if (last && !ended) {
            endInOrder(head);
        }
    }

    private void onEvent(byte[] data, int length) {
        if (ended || endMarkNs.isPresent()) {
            return;
        }
        switch (answer.accept(data, length)) {
            case CONTENT -> onContent();
            case END_MARK -> endMarkNs = OptionalLong.of(chunkNs);
            case ERROR -> abort(RequestOutcome.IN_BAND_ERROR, answer.error());
            case NOTHING -> {}
        }
    }

    private void onContent() {
        boolean first = !stamps.hasContent();
        stamps.content(chunkNs);
        lastProgressNs = chunkNs;
        if (first) {
            setAlarm(chunkNs);
        }
    }

    private void endInOrder(Response head) {
        if (!head.success()) {
            end(head.refusal(), head.words());
        } else if (answer.endMark() || answer.finishReason()) {
            end(RequestOutcome.OK, stamps.hasContent() ? "" : "an answer without content");
        } else {
            end(RequestOutcome.TRUNCATED_CLEAN, "ended without finish reason and end mark; " + head.kind());
        }
    }

    @Override
    public void onThrowable(Throwable cause) {
        if (ended) {
            return;
        }
        String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        end(response == null ? RequestOutcome.CONNECT_FAIL : RequestOutcome.CUT, words);
    }

    /** Sets the alarm for the next deadline. Deadlines move away as content comes; the alarm then sets itself again. */
    private void setAlarm(long nowNs) {
        ScheduledFuture<?> former = alarm;
        if (former != null) {
            former.cancel(false);
        }
        alarm = user.eventLoop().schedule(this::onAlarm, deadlineNs() - nowNs, TimeUnit.NANOSECONDS);
    }

    private long deadlineNs() {
        Timeouts limits = order.timeouts();
        long quiet = (stamps.hasContent() ? limits.stall() : limits.firstToken()).toNanos();
        return startNs + Math.min(limits.total().toNanos(), lastProgressNs - startNs + quiet);
    }

    private void onAlarm() {
        long nowNs = System.nanoTime();
        if (ended) {
            return;
        }
        if (nowNs - deadlineNs() < 0) {
            setAlarm(nowNs);
        } else if (stamps.write().isEmpty()) {
            abort(RequestOutcome.CONNECT_FAIL, "no connection in time");
        } else if (nowNs - startNs >= order.timeouts().total().toNanos()) {
            abort(RequestOutcome.TOTAL_TIMEOUT, "");
        } else {
            abort(stamps.hasContent() ? RequestOutcome.STALL_TIMEOUT : RequestOutcome.FIRST_TOKEN_TIMEOUT, "");
        }
    }

    /** Ends the request and its connection. The client is told by an exception: on a mere close it would send again. */
    private void abort(RequestOutcome outcome, String detail) {
        if (ended) {
            return;
        }
        end(outcome, detail);
        Channel open = channel;
        if (open != null && open.isActive()) {
            open.pipeline().fireExceptionCaught(new NotSent("given up"));
        }
    }

    /** Records the outcome, unless an end mark or a refusal has settled it before. */
    private void end(RequestOutcome outcome, String detail) {
        ended = true;
        ScheduledFuture<?> pending = alarm;
        if (pending != null) {
            pending.cancel(false);
        }
        Response head = response;
        if (endMarkNs.isPresent()) {
            report(
                    RequestOutcome.OK,
                    stamps.hasContent() ? "" : "an answer without content",
                    head,
                    endMarkNs.getAsLong());
        } else if (head != null && !head.success()) {
            report(head.refusal(), head.words(), head, System.nanoTime());
        } else {
            report(outcome, detail, head, System.nanoTime());
        }
        user.free();
    }

    private void report(RequestOutcome outcome, String detail, @Nullable Response head, long endNs) {
        sink.ended(
                this,
                new RequestRecord(
                        order.stream(),
                        due.number(),
                        outcome,
                        head == null ? OptionalInt.empty() : OptionalInt.of(head.status()),
                        head == null ? Optional.empty() : head.replica(),
                        due.atNs(),
                        stamps.start(),
                        stamps.write(),
                        stamps.headers(),
                        stamps.contents(),
                        endNs,
                        answer.completionTokens(),
                        outcome == RequestOutcome.OK
                                ? question.map(known -> answer.contains(known.answer()))
                                : Optional.empty(),
                        detail,
                        answer.promptTokens()));
    }
}
