package airworthy.mocks.monitoring;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A server's answer.
 *
 * @param status the HTTP status
 * @param contentType the body's type
 * @param body the body
 */
public record Reply(int status, String contentType, String body) {
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    /** Returns an answer in JSON. */
    public static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/json", body.toString());
    }

    /** Returns a line of text. */
    public static Reply text(int status, String body) {
        return new Reply(status, "text/plain; charset=utf-8", body);
    }

    /** Returns series in the text exposition format. */
    public static Reply metrics(String body) {
        return new Reply(200, METRICS, body);
    }
}
