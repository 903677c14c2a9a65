package airworthy.levers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The pages of levers: {@code GET /admin/levers}, {@code GET} and {@code PUT /admin/levers/NAME} with {@code {"value": 20,
 * "expect": 1}}; 409 and the present value where one stands elsewhere. One actuator of the harness serves all that have them.
 *
 * @param <L> the levers
 * @param positions where they stand
 */
public record LeverPages<L extends Lever>(LeverPositions<L> positions) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LEVERS = "/admin/levers";

    /**
     * Answers a request.
     *
     * @return the answer; empty where the path is none of these
     * @throws LeverFailureException when what is to follow could not be done
     */
    public Optional<Reply> answer(String method, String path, String body)
            throws LeverFailureException, InterruptedException {
        if (path.equals(LEVERS)) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            positions.all().forEach(lever -> all.put(lever.key(), positions.get(lever)));
            return Optional.of(Reply.json(200, all));
        }
        return path.startsWith(LEVERS + "/")
                ? Optional.of(one(method, path.substring(LEVERS.length() + 1), body))
                : Optional.empty();
    }

    private Reply one(String method, String name, String body) throws LeverFailureException, InterruptedException {
        Optional<L> lever =
                positions.all().stream().filter(each -> each.key().equals(name)).findFirst();
        if (lever.isEmpty()) {
            return Reply.error(
                    404,
                    "lever: found " + name + ", expected one of "
                            + positions.all().stream().map(Lever::key).toList());
        }
        return switch (method) {
            case "GET" -> position(200, lever.get());
            case "PUT" -> set(lever.get(), body);
            default -> Reply.error(405, "method: found " + method + ", expected GET or PUT");
        };
    }

    private Reply set(L lever, String body) throws LeverFailureException, InterruptedException {
        JsonNode wish;
        try {
            wish = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return Reply.error(400, "body: found " + e.getOriginalMessage() + ", expected a JSON object");
        }
        JsonNode value = wish.path("value");
        JsonNode expect = wish.path("expect");
        if (!value.isNumber() || !(expect.isMissingNode() || expect.isNumber())) {
            return Reply.error(400, "expected {\"value\": NUMBER} or {\"value\": NUMBER, \"expect\": NUMBER}");
        }
        Optional<String> refusal = lever.refusal(value.asDouble());
        if (refusal.isPresent()) {
            return Reply.error(400, refusal.get());
        }
        OptionalDouble expected =
                expect.isMissingNode() ? OptionalDouble.empty() : OptionalDouble.of(expect.asDouble());
        return position(positions.set(lever, value.asDouble(), expected) ? 200 : 409, lever);
    }

    private Reply position(int status, L lever) {
        return Reply.json(status, JsonNodeFactory.instance.objectNode().put("value", positions.get(lever)));
    }
}
