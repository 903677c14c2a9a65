package airworthy.mocks.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What answers one path. Wrapped by {@link #handler}, which drains the request, tells refusals and closes. */
@FunctionalInterface
interface Route {

    /**
     * Answers.
     *
     * @return the response, or null when it was sent already
     */
    @Nullable
    Reply answer(HttpExchange exchange, byte[] body) throws ApiError, IOException, InterruptedException;

    /** An exchange that fails is not closed here: the server then cuts its connection, so that nothing looks complete. */
    static HttpHandler handler(Route route) {
        return exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                Reply reply = answerOrRefuse(route, exchange, body);
                if (reply != null) {
                    reply.send(exchange);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the server is closing", e);
            }
            exchange.close();
        };
    }

    private static @Nullable Reply answerOrRefuse(Route route, HttpExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        try {
            return route.answer(exchange, body);
        } catch (ApiError e) {
            return Reply.error(e);
        }
    }

    static JsonNode json(byte[] body) throws ApiError, IOException {
        try {
            return new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest(null, "body: found " + e.getOriginalMessage() + ", expected a JSON object");
        }
    }

    static void method(HttpExchange exchange, String expected) throws ApiError {
        if (!exchange.getRequestMethod().equals(expected)) {
            throw ApiError.wrongMethod("%s %s: expected %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            expected));
        }
    }
}
