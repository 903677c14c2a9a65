package airworthy.levers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param body the content
 */
public record Reply(int status, String type, String body) {

    /** A JSON document. */
    public static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/json", body.toString());
    }

    /** What is wrong, as OpenAI's servers say it. */
    public static Reply error(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("message", message).put("code", status);
        return json(status, body);
    }
}
