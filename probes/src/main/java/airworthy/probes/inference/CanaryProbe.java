package airworthy.probes.inference;

import airworthy.model.RequestOutcome;
import airworthy.model.RunHeader;
import airworthy.probes.Reading;
import airworthy.probes.http.CallResult;
import airworthy.probes.http.HttpCaller;
import airworthy.probes.http.Page;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Asks one replica a small question of its own, past gateway and load generator. It shows that a fault holds by a path that
 * is not the detector. The question is always the same and is asked at temperature 0, so answers may be compared between
 * replicas. Thread-safe.
 */
public final class CanaryProbe {
    private static final String QUESTION = "Count from one to one hundred in words.";

    private static final String API_SERVERS_OWN = "\"kind\":\"Status\"";
    private static final int TOO_MANY = 429;
    private static final int FROM_SERVER_ERRORS = 500;

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpCaller caller;
    private final String runLabel;
    private final LongSupplier ticker;

    /**
     * A probe that asks through a caller.
     *
     * @param runLabel the run's opaque label, which each question carries
     * @param ticker monotonic nanoseconds
     */
    public CanaryProbe(HttpCaller caller, String runLabel, LongSupplier ticker) {
        this.caller = caller;
        this.runLabel = runLabel;
        this.ticker = ticker;
    }

    /**
     * Asks and reads the stream to its end. A stream that began is present however it ended; a refused question is
     * unreadable, and a model that this replica does not serve is absent.
     *
     * @param baseV1 the replica's address up to and including {@code /v1}
     * @param bearer the token, which no message repeats
     * @param tokens the most that the answer may cost
     * @param limit for the whole stream
     */
    public Reading<Canary> ask(URI baseV1, String model, Optional<String> bearer, int tokens, Duration limit)
            throws InterruptedException {
        URI uri = URI.create(baseV1 + "/chat/completions");
        CompletionStream stream = new CompletionStream(ticker);
        CallResult<Void> result = caller.call(uri, question(model, bearer, tokens), stream, limit);
        int status = stream.status().orElse(0);
        if (status != 0 && status != 200) {
            return refused(new Page(status, stream.other(), true, Optional.empty()).document("POST " + uri));
        }
        return switch (result) {
            case CallResult.Broken<Void>(String why) when status == 0 -> new Reading.Unreadable<>(why);
            case CallResult.TimedOut<Void>(String why) when status == 0 -> new Reading.Unreadable<>(why);
            case CallResult.TimedOut<Void> late -> new Reading.Present<>(stream.soFar(Canary.Ending.TIMED_OUT));
            case CallResult.Broken<Void> cut -> new Reading.Present<>(stream.soFar(Canary.Ending.CUT));
            case CallResult.Answered<Void> answered -> answered(uri, stream);
        };
    }

    /**
     * Asks, and tells how that ended. An answer of the API server that passed the question on, in place of one of the replica, is
     * a connection that failed.
     *
     * @param baseV1 the replica's address up to and including {@code /v1}
     * @param limit for the whole stream
     */
    public Attempt attempt(URI baseV1, String model, int tokens, Duration limit) throws InterruptedException {
        URI uri = URI.create(baseV1 + "/chat/completions");
        CompletionStream stream = new CompletionStream(ticker);
        CallResult<Void> result = caller.call(uri, question(model, Optional.empty(), tokens), stream, limit);
        int status = stream.status().orElse(0);
        String other = stream.other().strip();
        if (status == 200) {
            Canary.Ending without =
                    result instanceof CallResult.TimedOut<Void> ? Canary.Ending.TIMED_OUT : Canary.Ending.CUT;
            return new Attempt(
                    switch (stream.soFar(without).ending()) {
                        case COMPLETE -> RequestOutcome.OK;
                        case CUT -> RequestOutcome.CUT;
                        case TIMED_OUT -> RequestOutcome.TOTAL_TIMEOUT;
                        case ERROR -> RequestOutcome.IN_BAND_ERROR;
                    },
                    other);
        }
        return switch (result) {
            case CallResult.Answered<Void> _
            when !other.contains(API_SERVERS_OWN) -> new Attempt(refusal(status), status + ", " + other);
            case CallResult.Answered<Void> _ -> new Attempt(RequestOutcome.CONNECT_FAIL, status + ", " + other);
            case CallResult.TimedOut<Void>(String why) -> new Attempt(RequestOutcome.TOTAL_TIMEOUT, why);
            case CallResult.Broken<Void>(String why) ->
                new Attempt(status == 0 ? RequestOutcome.CONNECT_FAIL : RequestOutcome.CUT, why);
        };
    }

    private static RequestOutcome refusal(int status) {
        return status == TOO_MANY
                ? RequestOutcome.HTTP_429
                : status >= FROM_SERVER_ERRORS ? RequestOutcome.HTTP_5XX : RequestOutcome.HTTP_4XX;
    }

    private static Reading<Canary> answered(URI uri, CompletionStream stream) {
        Canary canary = stream.soFar(Canary.Ending.CUT);
        boolean noStream = canary.events() == 0 && canary.ending() == Canary.Ending.CUT;
        return noStream && !stream.other().isBlank()
                ? new Reading.Unreadable<>(
                        "POST " + uri + ": expected server-sent events, found " + Page.quoted(stream.other()))
                : new Reading.Present<>(canary);
    }

    private static Reading<Canary> refused(Reading<String> answer) {
        return switch (answer) {
            case Reading.Absent<String>(String how) -> new Reading.Absent<>(how);
            case Reading.Unreadable<String>(String why) -> new Reading.Unreadable<>(why);
            case Reading.Present<String>(String text) -> throw new IllegalStateException("refused with 200: " + text);
        };
    }

    private UnaryOperator<HttpRequest.Builder> question(String model, Optional<String> bearer, int tokens) {
        ObjectNode body = mapper.createObjectNode();
        body.put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", QUESTION);
        body.put("max_tokens", tokens);
        body.put("temperature", 0);
        body.put("stream", true);
        return request -> {
            bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
            return request.header("Content-Type", "application/json")
                    .header(RunHeader.NAME, runLabel)
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        };
    }
}
