package airworthy.mocks.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.http.HttpResponse;

/** What a request is answered with. */
sealed interface Answer {

    /** One JSON document. */
    record Json(int code, JsonNode body) implements Answer {}

    /** Plain text, as probes and logs are, and what is said of a path at which nobody listens. */
    record Text(int code, String body) implements Answer {}

    /** A stream of changes. */
    record Watch(WatchStream stream) implements Answer {}

    /** What a pod behind the server answers, passed on as it comes. */
    record Proxied(HttpResponse<InputStream> pod) implements Answer {}

    /** A refused upgrade: nothing follows, and the client goes on with a plain watch. */
    record NoUpgrade() implements Answer {}

    static Answer text(String body) {
        return new Text(200, body);
    }

    static Answer nobodyListens() {
        return new Text(404, "404 page not found\n");
    }

    static Answer ok(JsonNode body) {
        return new Json(200, body);
    }
}
