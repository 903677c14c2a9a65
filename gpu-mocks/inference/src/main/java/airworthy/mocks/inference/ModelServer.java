package airworthy.mocks.inference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A running model server. Safe for any number of threads.
 *
 * <p>The JVM needs {@code -Dsun.net.httpserver.nodelay=true}; without it the kernel delays events by tens of
 * milliseconds.
 */
public final class ModelServer implements AutoCloseable {

    /** What the process of a server ends with that ended by itself: Python's, for an exception that nobody caught. */
    public static final int EXIT_CODE = 1;

    private static final int BACKLOG = 1024;

    private final HttpServer http;
    private final ExecutorService threads;
    private final CompletableFuture<String> fatal;

    private ModelServer(HttpServer http, ExecutorService threads, CompletableFuture<String> fatal) {
        this.http = http;
        this.threads = threads;
        this.fatal = fatal;
    }

    /** Starts listening with levers of its own, and says nothing. */
    public static ModelServer start(ModelServerSettings settings) throws IOException {
        return start(settings, new Levers(), _ -> {});
    }

    /**
     * Starts listening.
     *
     * @param log where lines go
     * @throws IOException when the address cannot be bound; the message names it
     */
    public static ModelServer start(ModelServerSettings settings, Levers levers, Consumer<String> log)
            throws IOException {
        HttpServer http = bind(settings.bind());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        InstantSource clock = InstantSource.system();
        EngineMetrics metrics = new EngineMetrics(settings.model(), settings.alone());
        AllocatorSeries allocator = new AllocatorSeries(metrics.labels());
        DeviceMemory memory = new DeviceMemory(levers, settings.maxNumSeqs());
        CompletableFuture<String> fatal = new CompletableFuture<>();
        Workspaces workspaces = new Workspaces(memory, settings.onOutOfMemory(), log, fatal::complete);
        Engine engine = new Engine(settings, levers, metrics, workspaces);
        http.setExecutor(threads);
        route(http, "/v1/chat/completions", new CompletionRoute(settings, engine, clock, true));
        route(http, "/v1/completions", new CompletionRoute(settings, engine, clock, false));
        ObjectNode models = models(settings.model(), clock.instant().getEpochSecond());
        route(http, "/v1/models", (exchange, body) -> Reply.json(200, models));
        route(http, "/health", (exchange, body) -> {
            if (settings.noModel().isPresent() && !settings.noModel().get().saysReady()) {
                throw ApiError.unavailable(
                        "no model is loaded: " + settings.noModel().get().why());
            }
            if (!workspaces.fit()) {
                throw ApiError.unavailable("requests find no accelerator memory");
            }
            return Reply.text("text/plain", "");
        });
        route(
                http,
                "/metrics",
                (exchange, body) -> Reply.text(
                        "text/plain; version=0.0.4",
                        metrics.text() + (settings.allocatorSeries() ? allocator.text(memory.statistics()) : "")));
        route(http, LeverRoute.PATH, new LeverRoute(levers));
        route(http, "/", (exchange, body) -> {
            throw ApiError.notFound(
                    null, "Not Found: " + exchange.getRequestURI().getPath());
        });
        http.start();
        return new ModelServer(http, threads, fatal);
    }

    private static HttpServer bind(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new IOException("model server: cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private static void route(HttpServer http, String path, Route route) {
        http.createContext(path, Route.handler(route));
    }

    private static ObjectNode models(String model, long created) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        list.putArray("data")
                .addObject()
                .put("id", model)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "vllm")
                .put("root", model)
                .put("max_model_len", 32_768);
        return list;
    }

    /** Returns the address clients reach it at, without a path. */
    public URI uri() {
        InetSocketAddress bound = http.getAddress();
        return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort());
    }

    /** Completes with the last words of a server that ends by itself; who runs its process then ends that. */
    public CompletionStage<String> ended() {
        return fatal.minimalCompletionStage();
    }

    /** Cuts all connections at once, as a killed pod would. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
