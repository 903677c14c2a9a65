package airworthy.faults.mock;

import airworthy.faults.JsonValue;
import airworthy.probes.http.CallResult;
import airworthy.probes.http.HttpCaller;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Reads and sets levers over HTTP; each call ends within {@link #LIMIT}. Thread-safe. */
final class LeverClient {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final int QUOTED = 60;

    private final HttpCaller http;

    LeverClient(HttpCaller http) {
        this.http = http;
    }

    LeverAnswer read(URI lever) throws InterruptedException {
        return exchange("GET " + lever, lever, HttpRequest.Builder::GET);
    }

    /** Sets a lever if it stands as expected. */
    LeverAnswer set(URI lever, JsonValue value, JsonValue expected) throws InterruptedException {
        String body = JsonNodeFactory.instance
                .objectNode()
                .<ObjectNode>set("value", value.node())
                .set("expect", expected.node())
                .toString();
        return exchange(
                "PUT " + lever,
                lever,
                request -> request.header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private LeverAnswer exchange(String asked, URI lever, UnaryOperator<HttpRequest.Builder> asking)
            throws InterruptedException {
        return switch (http.call(lever, asking, HttpResponse.BodyHandlers.ofString(), LIMIT)) {
            case CallResult.Answered<String>(HttpResponse<String> answer) ->
                understand(asked, answer.statusCode(), answer.body());
            case CallResult.TimedOut<String>(String why) -> new LeverAnswer.Failed(why);
            case CallResult.Broken<String>(String why) ->
                new LeverAnswer.Failed(why + "; the part that held the lever may be gone");
        };
    }

    private static LeverAnswer understand(String asked, int status, String body) {
        if (status == 200 || status == 409) {
            try {
                JsonNode value = JsonValue.parse(body).node().path("value");
                if (!value.isMissingNode()) {
                    JsonValue position = new JsonValue(value);
                    return status == 200 ? new LeverAnswer.Position(position) : new LeverAnswer.Elsewhere(position);
                }
            } catch (IllegalArgumentException _) {
                // Not JSON: told below like every other answer that is none.
            }
        } else if (status >= 400 && status < 500) {
            return new LeverAnswer.Refused(status, quote(body));
        }
        return new LeverAnswer.Failed(asked + ": expected {\"value\": ...}, found " + status + " " + quote(body));
    }

    private static String quote(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return '"' + line.substring(0, Math.min(QUOTED, line.length())) + '"';
    }
}
