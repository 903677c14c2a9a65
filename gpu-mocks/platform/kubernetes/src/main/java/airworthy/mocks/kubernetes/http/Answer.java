package airworthy.mocks.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;

/** What a request is answered with. */
sealed interface Answer {

    /** One JSON document. */
    record Json(int code, JsonNode body) implements Answer {}

    /** Plain text, as probes and logs are. */
    record Text(String body) implements Answer {}

    /** A stream of changes. */
    record Watch(WatchStream stream) implements Answer {}

    /** A refused upgrade: nothing follows, and the client goes on with a plain watch. */
    record NoUpgrade() implements Answer {}

    static Answer ok(JsonNode body) {
        return new Json(200, body);
    }
}
