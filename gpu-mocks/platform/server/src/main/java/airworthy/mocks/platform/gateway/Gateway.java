package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A running gateway with OpenAI's API under {@code /v1} and its own figures under {@code /metrics}. Thread-safe. */
public final class Gateway implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final HttpServer http;
    private final ExecutorService threads;
    private final Prober prober;

    private Gateway(HttpServer http, ExecutorService threads, Prober prober) {
        this.http = http;
        this.threads = threads;
        this.prober = prober;
    }

    /**
     * Starts listening.
     *
     * @param namesByKey the name of each bearer key: its tenant, or a key that was good once
     * @param accessLog takes a JSON object for each request, from any thread
     * @throws IOException when the address cannot be bound
     */
    public static Gateway start(
            InetSocketAddress bind,
            GatewayConfig config,
            Map<String, String> namesByKey,
            EndpointSource endpoints,
            InstantSource clock,
            Consumer<String> accessLog)
            throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(bind, BACKLOG);
        } catch (IOException e) {
            throw new IOException("gateway: cannot listen on " + bind + ": " + e.getMessage(), e);
        }
        Map<String, ModelRoute> routes = new LinkedHashMap<>();
        for (GatewayConfig.Route route : config.routes()) {
            routes.put(
                    route.model(),
                    new ModelRoute(route.model(), route.services(), endpoints, balancer(config.balancing())));
        }
        GatewayMetrics metrics = new GatewayMetrics();
        Purses purses = new Purses(config.purses(), clock);
        KeyTable keys = new KeyTable(config, namesByKey, clock);
        ProxyHandler proxy = new ProxyHandler(config, keys, routes, purses, clock, request -> {
            accessLog.accept(request.json());
            metrics.count(request);
        });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        http.setExecutor(threads);
        http.createContext("/v1/chat/completions", proxy);
        http.createContext("/v1/completions", proxy);
        http.createContext("/v1/models", exchange -> {
            Instant asked = clock.instant();
            byte[] list = models(routes.keySet()).getBytes(StandardCharsets.UTF_8);
            // anybody may ask; who asks with a key is recorded under its tenant
            String tenant = keys.find(exchange.getRequestHeaders().getFirst("Authorization"))
                            instanceof KeyTable.Found.Tenant(String name)
                    ? name
                    : "";
            AccessRecord record = AccessRecord.answered(
                    asked, exchange.getRemoteAddress().getAddress().getHostAddress(), tenant);
            send(exchange, record.status(), "application/json", list);
            accessLog.accept(record.json());
        });
        serve(http, "/health", "text/plain", () -> "ok\n");
        serve(http, "/metrics", "text/plain; version=0.0.4", () -> figures(metrics, routes.values()) + purses.text());
        http.createContext(
                "/",
                exchange -> send(
                        exchange,
                        404,
                        "application/json",
                        Refusal.notFound(exchange.getRequestURI().getPath()).body()));
        http.start();
        Prober prober = new Prober(routes.values());
        if (config.balancing() instanceof Balancing.LeastLatency(Balancing.Outliers outliers)) {
            prober.start(outliers.probeEvery());
        }
        return new Gateway(http, threads, prober);
    }

    private static Balancer balancer(Balancing balancing) {
        return switch (balancing) {
            case Balancing.LeastLatency(Balancing.Outliers outliers) -> new LeastLatency(outliers);
            case Balancing.RoundRobin() -> new RoundRobin();
        };
    }

    private static void serve(HttpServer http, String path, String type, Supplier<String> text) {
        http.createContext(
                path, exchange -> send(exchange, 200, type, text.get().getBytes(StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String models(Collection<String> names) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        names.forEach(name -> data.addObject().put("id", name).put("object", "model"));
        return list.toString();
    }

    private static String figures(GatewayMetrics metrics, Collection<ModelRoute> routes) {
        List<Replica> ready =
                routes.stream().flatMap(route -> route.ready().stream()).toList();
        List<Replica> ejected = routes.stream()
                .flatMap(route -> route.balancer().ejected().stream())
                .toList();
        return metrics.text(ready, ejected);
    }

    /** Returns the base address of the OpenAI-compatible API, with {@code /v1}. */
    public URI uri() {
        InetSocketAddress bound = http.getAddress();
        return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + "/v1");
    }

    @Override
    public void close() {
        prober.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
