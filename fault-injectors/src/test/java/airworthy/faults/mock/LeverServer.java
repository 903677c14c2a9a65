package airworthy.faults.mock;

import airworthy.faults.Gate;
import airworthy.faults.JsonValue;
import airworthy.faults.TestServer;
import airworthy.faults.TestServer.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** One lever behind HTTP, as simulated parts offer it. */
final class LeverServer implements AutoCloseable {
    private static final String PATH = "/admin/levers/tokenDelayFactor";

    private final TestServer server = new TestServer(this::answer);
    private double value;

    LeverServer(double value) {
        this.value = value;
    }

    private synchronized Reply answer(String method, String path, String body) {
        if (!path.equals(PATH)) {
            return new Reply(404, "{\"error\": \"no such lever\"}");
        }
        if (method.equals("PUT")) {
            JsonNode wish = JsonValue.parse(body).node();
            if (wish.has("expect") && wish.get("expect").asDouble() != value) {
                return new Reply(409, "{\"value\": " + value + "}");
            }
            value = wish.get("value").asDouble();
        }
        return new Reply(200, "{\"value\": " + value + "}");
    }

    synchronized double value() {
        return value;
    }

    synchronized void put(double position) {
        value = position;
    }

    URI address() {
        return server.at(PATH);
    }

    Gate gate() {
        return server.gate();
    }

    @Override
    public void close() {
        server.close();
    }
}
