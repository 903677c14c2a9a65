package airworthy.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;

/** Levers, counts and readiness over HTTP, at a port of their own. */
final class AdminServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String LEVERS = "/admin/levers";

    private final HttpServer http;
    private final Levers levers;
    private final Counts counts;
    private final Downloads downloads;
    private final Upstreams upstreams;

    AdminServer(InetSocketAddress address, Levers levers, Counts counts, Downloads downloads, Upstreams upstreams)
            throws IOException {
        this.http = HttpServer.create(address, 0);
        this.levers = levers;
        this.counts = counts;
        this.downloads = downloads;
        this.upstreams = upstreams;
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
    }

    void start() {
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply =
                    answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply answer(String method, String path, String body) {
        if (path.equals("/admin/metrics")) {
            return new Reply(200, "text/plain; version=0.0.4; charset=utf-8", counts.text());
        }
        if (path.equals("/admin/ready")) {
            return ready();
        }
        if (path.equals("/admin/downloads")) {
            return Reply.json(200, downloads.json());
        }
        if (path.equals(LEVERS)) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            levers.all().forEach(all::put);
            return Reply.json(200, all);
        }
        if (!path.startsWith(LEVERS + "/")) {
            return Reply.error(
                    404,
                    "path: expected one below " + LEVERS + ", or /admin/metrics, /admin/downloads or /admin/ready");
        }
        String name = path.substring(LEVERS.length() + 1);
        Optional<Lever> lever = Lever.named(name);
        if (lever.isEmpty()) {
            return Reply.error(404, "lever: found " + name + ", expected one of " + Lever.names());
        }
        return switch (method) {
            case "GET" -> position(200, lever.get());
            case "PUT" -> set(lever.get(), body);
            default -> Reply.error(405, "method: found " + method + ", expected GET or PUT");
        };
    }

    private Reply set(Lever lever, String body) {
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
        return position(levers.set(lever, value.asDouble(), expected) ? 200 : 409, lever);
    }

    private Reply position(int status, Lever lever) {
        return Reply.json(status, JsonNodeFactory.instance.objectNode().put("value", levers.get(lever)));
    }

    /** Ready when requests could be passed on: before that no Service may point here. */
    private Reply ready() {
        try {
            upstreams.connect().close();
            return Reply.json(200, JsonNodeFactory.instance.objectNode().put("ready", true));
        } catch (IOException e) {
            return Reply.error(503, "the model server takes no connection: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private record Reply(int status, String type, String body) {

        static Reply json(int status, JsonNode body) {
            return new Reply(status, "application/json", body.toString());
        }

        static Reply error(int status, String message) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("error").put("message", message).put("code", status);
            return json(status, body);
        }
    }
}
