package airworthy.mocks.inference;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A running model store: {@code GET /MODEL/REVISION/model.safetensors}, with the length and the digest of what it holds
 * (RFC 9530) in the answer's head. Safe for any number of threads.
 */
public final class ModelStore implements AutoCloseable {

    private static final int TENSOR_BYTES = 256 * 1024;

    private final HttpServer http;
    private final ExecutorService threads;

    private ModelStore(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /**
     * Starts listening.
     *
     * @param bind where
     * @param held each model as {@code MODEL@REVISION}
     * @param seed of what the files hold
     * @throws IOException when the address cannot be bound; the message names it
     */
    public static ModelStore start(InetSocketAddress bind, List<String> held, long seed) throws IOException {
        Map<String, ModelFile> files = new TreeMap<>();
        for (String one : held) {
            String[] parts = one.split("@", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new IOException("model store: found '" + one + "', expected MODEL@REVISION");
            }
            files.put(ModelSource.path(parts[0], parts[1]), ModelFile.of(seed, parts[0], parts[1], TENSOR_BYTES));
        }
        HttpServer http;
        try {
            http = HttpServer.create(bind, 0);
        } catch (IOException e) {
            throw new IOException("model store: cannot listen on " + bind + ": " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(threads);
        http.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                ModelFile file = files.get(exchange.getRequestURI().getPath());
                if (exchange.getRequestURI().getPath().equals("/health")) {
                    exchange.sendResponseHeaders(200, -1);
                } else if (file == null) {
                    exchange.sendResponseHeaders(404, -1);
                } else {
                    exchange.getResponseHeaders()
                            .set(
                                    "Repr-Digest",
                                    "sha-256=:" + Base64.getEncoder().encodeToString(file.sha256()) + ":");
                    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
                    exchange.sendResponseHeaders(200, file.bytes().length);
                    exchange.getResponseBody().write(file.bytes());
                }
            }
        });
        http.start();
        return new ModelStore(http, threads);
    }

    /** Returns the address clients reach it at, without a path. */
    public URI uri() {
        InetSocketAddress bound = http.getAddress();
        return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort());
    }

    /** Cuts all connections at once. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
