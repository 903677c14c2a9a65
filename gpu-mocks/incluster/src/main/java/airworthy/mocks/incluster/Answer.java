package airworthy.mocks.incluster;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the API server answered.
 *
 * @param body the JSON of the answer; missing when it had none, a text node when it was no JSON
 */
public record Answer(int status, JsonNode body) {

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Returns the server's own words about a refusal, in one line. */
    public String told() {
        String message = body.path("message").asText();
        return status + " " + (message.isEmpty() ? body.toString() : message);
    }
}
