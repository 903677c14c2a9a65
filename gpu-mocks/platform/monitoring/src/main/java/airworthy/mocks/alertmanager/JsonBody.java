package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.Reply;
import airworthy.mocks.monitoring.Request;
import airworthy.mocks.monitoring.RestServer.Handler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads requests in JSON, and answers what is wrong with them as Alertmanager does: 400 and a JSON string. */
final class JsonBody {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonBody() {}

    static JsonNode read(Request request) {
        try {
            return MAPPER.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("found a body that is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads a time; absent and Go's zero time are the same. */
    static Optional<Instant> time(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isEmpty() || text.startsWith("0001-01-01")) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    field + ": found \"" + text + "\", expected a time such as 2026-01-31T12:00:00Z", e);
        }
    }

    static Handler guarded(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (IllegalArgumentException e) {
                return Reply.json(400, JsonNodeFactory.instance.textNode(String.valueOf(e.getMessage())));
            }
        };
    }
}
