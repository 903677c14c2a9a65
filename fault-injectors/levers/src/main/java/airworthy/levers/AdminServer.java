package airworthy.levers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Serves a process's pages for who set its levers, at a port of their own. */
public final class AdminServer implements AutoCloseable {
    private final HttpServer http;
    private final Pages pages;

    /** Answers one request. */
    @FunctionalInterface
    public interface Pages {
        /**
         * Answers it.
         *
         * @throws LeverFailureException told as 500
         * @throws InterruptedException told as 503: the process is ending
         */
        Reply answer(String method, String path, String body) throws LeverFailureException, InterruptedException;
    }

    /**
     * Takes the port.
     *
     * @throws IOException when it cannot be had
     */
    public AdminServer(InetSocketAddress address, Pages pages) throws IOException {
        this.http = HttpServer.create(address, 0);
        this.pages = pages;
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::handle);
    }

    /** Answers from now on. */
    public void start() {
        http.start();
    }

    /** Returns the port. */
    public int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply =
                    reply(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(String method, String path, String body) {
        try {
            return pages.answer(method, path, body);
        } catch (LeverFailureException e) {
            return Reply.error(500, e.told());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Reply.error(503, "the process is ending");
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
