package airworthy.mocks.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A small HTTP server over a table of routes; each request has a virtual thread. */
public final class RestServer implements AutoCloseable {
    /** Answers one request; must be safe for use by several threads. */
    @FunctionalInterface
    public interface Handler {
        /** Returns the answer. */
        Reply handle(Request request);
    }

    /** A method and a path whose segments are literal, or {@code *} for a variable. */
    private record Route(String method, List<String> segments, Handler handler) {
        Optional<List<String>> variables(String requested, List<String> path) {
            if (!method.equals(requested) || path.size() != segments.size()) {
                return Optional.empty();
            }
            List<String> variables = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                if (segments.get(i).equals("*")) {
                    variables.add(path.get(i));
                } else if (!segments.get(i).equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    /** The routes of a server to be. Not safe for use by several threads. */
    public static final class Routes {
        private final List<Route> routes = new ArrayList<>();

        /** Adds a route; a {@code *} segment of the path is a variable. */
        public Routes on(String method, String path, Handler handler) {
            routes.add(new Route(method, segments(path), handler));
            return this;
        }
    }

    private static final int DRAIN_SECONDS = 0;

    private final HttpServer server;
    private final ExecutorService executor;

    private RestServer(HttpServer server) {
        this.server = server;
        this.executor = Executors.newVirtualThreadPerTaskExecutor();
    }

    /**
     * Binds an address; nothing is answered before {@link #serve}.
     *
     * @throws IOException when the address cannot be bound
     */
    public static RestServer bind(InetSocketAddress address) throws IOException {
        try {
            return new RestServer(HttpServer.create(address, 0));
        } catch (BindException e) {
            throw new IOException("binding " + address + ": " + e.getMessage() + "; stop what listens there", e);
        }
    }

    /** Begins to answer by these routes. Called once. */
    public void serve(Routes routes) {
        List<Route> table = List.copyOf(routes.routes);
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, table));
        server.start();
    }

    /** Returns the address bound, with the port chosen where 0 was asked for. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Returns the address as a base for URIs, with a trailing slash. */
    public URI uri() {
        InetSocketAddress address = address();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
    }

    private static void answer(HttpExchange exchange, List<Route> routes) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply = reply(exchange, body, routes);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), head || bytes.length == 0 ? -1 : bytes.length);
            if (!head && bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static Reply reply(HttpExchange exchange, String body, List<Route> routes) {
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        List<String> path = segments(exchange.getRequestURI().getPath());
        boolean form = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        decode(exchange.getRequestURI().getRawQuery(), parameters);
        if (form) {
            decode(body, parameters);
        }
        for (Route route : routes) {
            Optional<List<String>> variables = route.variables(method, path);
            if (variables.isPresent()) {
                return route.handler().handle(new Request(variables.get(), parameters, body));
            }
        }
        return Reply.text(404, "404 page not found\n");
    }

    private static void decode(@Nullable String encoded, Map<String, List<String>> into) {
        if (encoded == null) {
            return;
        }
        StringTokenizer pairs = new StringTokenizer(encoded, "&");
        while (pairs.hasMoreTokens()) {
            String pair = pairs.nextToken();
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            into.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), _ -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(path, "/");
        while (tokens.hasMoreTokens()) {
            segments.add(tokens.nextToken());
        }
        return segments;
    }

    @Override
    public void close() {
        server.stop(DRAIN_SECONDS);
        executor.shutdownNow();
        executor.close();
    }
}
