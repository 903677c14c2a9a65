package airworthy.probes.inference;

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

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpCaller caller;
    private final LongSupplier ticker;

    /**
     * A probe that asks through a caller.
     *
     * @param ticker monotonic nanoseconds
     */
    public CanaryProbe(HttpCaller caller, LongSupplier ticker) {
        this.caller = caller;
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
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        };
    }
}
