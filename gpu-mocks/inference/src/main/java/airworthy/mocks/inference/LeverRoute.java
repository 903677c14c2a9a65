package airworthy.mocks.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.OptionalDouble;

/** Reads and sets levers under {@code /admin/levers}; a write may be conditional on the present position. */
final class LeverRoute implements Route {

    static final String PATH = "/admin/levers";

    private final Levers levers;

    LeverRoute(Levers levers) {
        this.levers = levers;
    }

    @Override
    public Reply answer(HttpExchange exchange, byte[] body) throws ApiError, IOException {
        String name =
                exchange.getRequestURI().getPath().substring(PATH.length()).replaceFirst("^/", "");
        if (name.isEmpty()) {
            Route.method(exchange, "GET");
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            levers.all().forEach(all::put);
            return Reply.json(200, all);
        }
        Lever lever = Lever.named(name)
                .orElseThrow(() -> ApiError.notFound(
                        "lever", "lever: found %s, expected one of %s".formatted(name, Lever.names())));
        if (exchange.getRequestMethod().equals("GET")) {
            return position(200, lever);
        }
        Route.method(exchange, "PUT");
        JsonNode wish = Route.json(body);
        double value = number(wish, "value")
                .orElseThrow(() -> ApiError.badRequest("value", "value: found nothing, expected a number"));
        String refusal = lever.refusal(value).orElse("");
        if (!refusal.isEmpty()) {
            throw ApiError.badRequest("value", refusal);
        }
        return position(levers.set(lever, value, number(wish, "expect")) ? 200 : 409, lever);
    }

    private Reply position(int status, Lever lever) {
        return Reply.json(status, JsonNodeFactory.instance.objectNode().put("value", levers.get(lever)));
    }

    private static OptionalDouble number(JsonNode wish, String field) throws ApiError {
        JsonNode node = wish.path(field);
        if (node.isMissingNode()) {
            return OptionalDouble.empty();
        }
        if (!node.isNumber()) {
            throw ApiError.badRequest(field, "%s: found %s, expected a number".formatted(field, node));
        }
        return OptionalDouble.of(node.asDouble());
    }
}
