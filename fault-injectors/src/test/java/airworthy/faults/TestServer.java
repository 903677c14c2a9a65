package airworthy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A JSON server on this machine with a gate before every change. */
public final class TestServer implements AutoCloseable {

    /** Answers one request. */
    @FunctionalInterface
    public interface Routes {
        Reply answer(String method, String path, String body);
    }

    /** An answer. */
    public record Reply(int status, String body) {
        /** An answer in JSON. */
        public static Reply json(int status, JsonNode body) {
            return new Reply(status, body.toString());
        }
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Gate gate = new Gate();

    /** Serves at once. */
    public TestServer(Routes routes) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> serve(routes, exchange));
        server.setExecutor(threads);
        server.start();
    }

    private void serve(Routes routes, HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean read = method.equals("GET");
            if (!read) {
                gate.pass();
            }
            Reply reply = routes.answer(method, exchange.getRequestURI().getPath(), body);
            if (read || !gate.losesAnswer()) {
                byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** In the way of each change. */
    public Gate gate() {
        return gate;
    }

    /** The address of a path. */
    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
