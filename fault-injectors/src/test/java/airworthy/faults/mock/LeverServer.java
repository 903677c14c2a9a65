package airworthy.faults.mock;

import airworthy.faults.Gate;
import airworthy.faults.JsonValue;
import airworthy.faults.TestServer;
import airworthy.faults.TestServer.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** One lever behind HTTP, as simulated parts offer it. */
public final class LeverServer implements AutoCloseable {
    private static final String LEVERS = "/admin/levers/";

    private final String path;
    private final TestServer server = new TestServer(this::answer);
    private double value;

    public LeverServer(double value) {
        this("tokenDelayFactor", value);
    }

    LeverServer(String name, double value) {
        this.path = LEVERS + name;
        this.value = value;
    }

    private synchronized Reply answer(String method, String asked, String body) {
        if (!asked.equals(path)) {
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

    public synchronized double value() {
        return value;
    }

    public synchronized void put(double position) {
        value = position;
    }

    public URI address() {
        return server.at(path);
    }

    public Gate gate() {
        return server.gate();
    }

    @Override
    public void close() {
        server.close();
    }
}
