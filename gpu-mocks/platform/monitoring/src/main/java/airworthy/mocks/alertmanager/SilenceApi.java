package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.monitoring.Reply;
import airworthy.mocks.monitoring.Request;
import airworthy.mocks.monitoring.RestServer.Routes;
import airworthy.mocks.promql.LabelMatcher;
import airworthy.mocks.promql.LabelMatcher.Operator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The part of the v2 API that makes, shows and ends silences. */
final class SilenceApi {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AlertState state;
    private final Pacer pacer;

    SilenceApi(AlertState state, Pacer pacer) {
        this.state = state;
        this.pacer = pacer;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/v2/silences", _ -> list())
                .on("POST", "/api/v2/silences", JsonBody.guarded(this::post))
                .on("GET", "/api/v2/silence/*", this::get)
                .on("DELETE", "/api/v2/silence/*", this::expire);
    }

    private Reply list() {
        ArrayNode array = NODES.arrayNode();
        state.silences().forEach(silence -> array.add(json(silence)));
        return Reply.json(200, array);
    }

    private Reply post(Request request) {
        JsonNode body = JsonBody.read(request);
        List<LabelMatcher> matchers = new ArrayList<>();
        for (JsonNode matcher : body.path("matchers")) {
            matchers.add(new LabelMatcher(
                    matcher.path("name").asText(),
                    operator(matcher),
                    matcher.path("value").asText()));
        }
        if (matchers.stream().allMatch(m -> m.matches(""))) {
            throw new IllegalArgumentException("at least one matcher must not match the empty string");
        }
        Instant now = pacer.now();
        Instant start = JsonBody.time(body, "startsAt").filter(now::isBefore).orElse(now);
        Instant end = JsonBody.time(body, "endsAt")
                .filter(start::isBefore)
                .orElseThrow(() -> new IllegalArgumentException("end time must be set and after start time"));
        String id = body.path("id").asText("");
        Silence silence = new Silence(
                state.silence(id)
                        .map(Silence::id)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                new Matchers(matchers),
                start,
                end,
                now,
                body.path("createdBy").asText(""),
                body.path("comment").asText(""));
        state.put(silence);
        return Reply.json(200, NODES.objectNode().put("silenceID", silence.id()));
    }

    private static Operator operator(JsonNode matcher) {
        boolean equal = matcher.path("isEqual").asBoolean(true);
        if (matcher.path("isRegex").asBoolean(false)) {
            return equal ? Operator.MATCHES : Operator.DOES_NOT_MATCH;
        }
        return equal ? Operator.EQUAL : Operator.NOT_EQUAL;
    }

    private Reply get(Request request) {
        return find(request).map(s -> Reply.json(200, json(s))).orElseGet(SilenceApi::notFound);
    }

    private Reply expire(Request request) {
        Optional<Silence> found = find(request);
        found.ifPresent(silence -> state.put(silence.expired(pacer.now())));
        return found.map(_ -> new Reply(200, "application/json", "")).orElseGet(SilenceApi::notFound);
    }

    private static Reply notFound() {
        return Reply.json(404, NODES.textNode("silence not found"));
    }

    private Optional<Silence> find(Request request) {
        return state.silence(request.variables().getFirst());
    }

    private ObjectNode json(Silence silence) {
        ObjectNode json = NODES.objectNode().put("id", silence.id());
        json.putObject("status").put("state", silence.stateAt(pacer.now()));
        json.put("updatedAt", silence.updatedAt().toString())
                .put("comment", silence.comment())
                .put("createdBy", silence.createdBy())
                .put("endsAt", silence.endsAt().toString())
                .put("startsAt", silence.startsAt().toString());
        ArrayNode matchers = json.putArray("matchers");
        for (LabelMatcher matcher : silence.matchers().all()) {
            Operator operator = matcher.operator();
            matchers.addObject()
                    .put("name", matcher.label())
                    .put("value", matcher.value())
                    .put("isRegex", operator == Operator.MATCHES || operator == Operator.DOES_NOT_MATCH)
                    .put("isEqual", operator == Operator.EQUAL || operator == Operator.MATCHES);
        }
        return json;
    }
}
