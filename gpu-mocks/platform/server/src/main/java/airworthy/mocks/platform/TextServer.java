package airworthy.mocks.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves texts by path. Thread-safe. */
final class TextServer implements AutoCloseable {

    private final HttpServer http;
    private final ExecutorService threads;

    private TextServer(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /** Starts; {@code what} names it in messages. */
    static TextServer start(String what, InetSocketAddress bind, String contentType, Texts texts) throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(bind, 0);
        } catch (IOException e) {
            throw new IOException(what + ": cannot listen on " + bind + ": " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(threads);
        http.createContext("/", exchange -> answer(exchange, contentType, texts));
        http.start();
        return new TextServer(http, threads);
    }

    private static void answer(HttpExchange exchange, String contentType, Texts texts) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            Optional<String> text = texts.at(path);
            byte[] body = text.orElse("nothing at " + path + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", text.isPresent() ? contentType : "text/plain");
            exchange.sendResponseHeaders(text.isPresent() ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    /** Returns what stands at a path, if anything. */
    @FunctionalInterface
    interface Texts {
        Optional<String> at(String path) throws IOException;
    }
}
