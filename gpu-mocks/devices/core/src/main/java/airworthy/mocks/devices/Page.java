package airworthy.mocks.devices;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is answered to a request. */
record Page(int status, String contentType, String body) {

    /** What makes a page of a request whose body was read. */
    @FunctionalInterface
    interface Source {
        Page answer(HttpExchange exchange, byte[] body) throws Refusal;
    }

    static Page json(int status, ObjectNode body) {
        return new Page(status, "application/json", body.toString());
    }

    static Page text(String contentType, String body) {
        return new Page(200, contentType, body);
    }

    /** Serves the pages of a source, refusals included. */
    static HttpHandler handler(Source source) {
        return exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                Page page;
                try {
                    page = source.answer(exchange, body);
                } catch (Refusal e) {
                    ObjectNode told = JsonNodeFactory.instance.objectNode();
                    told.putObject("error")
                            .put("message", e.getMessage())
                            .put("type", e.type())
                            .put("code", e.status());
                    page = json(e.status(), told);
                }
                page.send(exchange);
            }
        };
    }

    static void method(HttpExchange exchange, String expected) throws Refusal {
        if (!exchange.getRequestMethod().equals(expected)) {
            throw new Refusal(
                    405,
                    "%s %s: expected %s"
                            .formatted(
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI().getPath(),
                                    expected));
        }
    }

    private void send(HttpExchange exchange) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
