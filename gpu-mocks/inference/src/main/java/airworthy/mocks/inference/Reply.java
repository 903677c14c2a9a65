package airworthy.mocks.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A response whose body is known in full. */
record Reply(int status, String contentType, String body) {

    static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/json", body.toString());
    }

    static Reply text(String contentType, String body) {
        return new Reply(200, contentType, body);
    }

    static Reply error(ApiError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", error.text())
                .put("type", error.type())
                .put("param", error.param())
                .put("code", error.status());
        return json(error.status(), body);
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
