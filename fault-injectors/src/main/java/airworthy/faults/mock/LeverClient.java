package airworthy.faults.mock;

import airworthy.faults.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Reads and sets levers over HTTP; each call ends within {@link #LIMIT}. Thread-safe. */
final class LeverClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(4);
    private static final int QUOTED = 60;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    LeverAnswer read(URI lever) throws InterruptedException {
        return exchange(HttpRequest.newBuilder(lever).GET());
    }

    /** Sets a lever if it stands as expected. */
    LeverAnswer set(URI lever, JsonValue value, JsonValue expected) throws InterruptedException {
        String body = JsonNodeFactory.instance
                .objectNode()
                .<ObjectNode>set("value", value.node())
                .set("expect", expected.node())
                .toString();
        return exchange(HttpRequest.newBuilder(lever)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private LeverAnswer exchange(HttpRequest.Builder builder) throws InterruptedException {
        HttpRequest request = builder.timeout(LIMIT).build();
        String asked = request.method() + " " + request.uri();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return understand(asked, response.statusCode(), response.body());
        } catch (HttpTimeoutException _) {
            return new LeverAnswer.Failed(asked + ": no answer within " + LIMIT.toSeconds() + " s");
        } catch (ConnectException _) {
            return new LeverAnswer.Failed(asked + ": connection refused; the part that held the lever is gone");
        } catch (IOException e) {
            return new LeverAnswer.Failed(asked + ": " + e);
        }
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

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
