package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.Reply;
import airworthy.mocks.monitoring.RestServer.Handler;
import airworthy.mocks.promql.PromqlException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The envelope of Prometheus's API. */
final class ApiReply {
    private ApiReply() {}

    static Reply success(JsonNode data) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", "success");
        json.set("data", data);
        return Reply.json(200, json);
    }

    static Reply error(int status, String type, String message) {
        return Reply.json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("status", "error")
                        .put("errorType", type)
                        .put("error", message));
    }

    /** Turns what the caller got wrong into Prometheus's error answers. */
    static Handler guarded(Handler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (PromqlException e) {
                String message = String.valueOf(e.getMessage());
                return switch (e.phase()) {
                    case PARSE -> error(400, "bad_data", "invalid parameter \"query\": " + message);
                    case EVALUATE -> error(422, "execution", message);
                };
            } catch (IllegalArgumentException e) {
                return error(400, "bad_data", String.valueOf(e.getMessage()));
            }
        };
    }
}
