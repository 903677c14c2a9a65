package airworthy.mocks.kubernetes.http;

import airworthy.mocks.kubernetes.access.Logins;
import airworthy.mocks.kubernetes.access.RoleAccess;
import airworthy.mocks.kubernetes.access.User;
import airworthy.mocks.kubernetes.store.ApiFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP side of the API: who may ask, what is asked, and how answers and refusals are written. */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ApiServer.class.getName());
    private static final Set<String> OPEN_TO_ALL = Set.of("healthz", "readyz", "livez", "version");
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final int PIECE = 8192;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Logins logins;
    private final RoleAccess access;
    private final ResourceApi resources;

    private ApiServer(HttpServer server, Logins logins, RoleAccess access, ResourceApi resources) {
        this.server = server;
        this.logins = logins;
        this.access = access;
        this.resources = resources;
    }

    /** Binds and serves; port 0 takes a free one. */
    public static ApiServer start(InetSocketAddress bind, Logins logins, RoleAccess access, ResourceApi resources)
            throws IOException {
        ApiServer api = new ApiServer(HttpServer.create(bind, 0), logins, access, resources);
        api.server.setExecutor(api.requests);
        api.server.createContext("/", api::handle);
        api.server.start();
        return api;
    }

    /** Where it listens. */
    public URI uri() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** Stops listening and ends every open stream. */
    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
        requests.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = Request.read(exchange);
            Answer answer;
            try {
                answer = route(request);
            } catch (ApiFailure refused) {
                answer = new Answer.Json(refused.code(), refused.status());
            } catch (RuntimeException bug) {
                // The isolation point of the server: one broken request must not end the others.
                LOG.log(Logger.Level.ERROR, request.method() + " " + exchange.getRequestURI(), bug);
                ApiFailure failure = ApiFailure.internal(bug.toString());
                answer = new Answer.Json(failure.code(), failure.status());
            }
            write(exchange, answer);
        }
    }

    private Answer route(Request request) {
        List<String> path = request.segments();
        String first = path.isEmpty() ? "" : path.getFirst();
        if (OPEN_TO_ALL.contains(first)) {
            return first.equals("version") ? Answer.ok(Discovery.version()) : Answer.text("ok");
        }
        User user = logins.of(token(request.header("Authorization"))).orElseThrow(ApiFailure::unauthorized);
        return switch (first) {
            case "api", "apis" -> api(user, request, path);
            case "openapi" -> OpenApi.document(path).map(Answer::ok).orElseGet(Answer::nobodyListens);
            default -> Answer.nobodyListens();
        };
    }

    /** What the API says about itself is open to whoever has a login. */
    private Answer api(User user, Request request, List<String> path) {
        Optional<ObjectNode> document = Discovery.document(path);
        if (document.isPresent()) {
            return Answer.ok(document.get());
        }
        if (!Discovery.served(path)) {
            return Answer.nobodyListens();
        }
        ApiPath asked = ApiPath.parse(path).orElseThrow(ApiFailure::noSuchResource);
        access.demand(user, asked.deed(request));
        return resources.answer(request, asked);
    }

    /** The token as a bearer, or as a password: kubectl sends no bearer token over plain HTTP. Empty if there is none. */
    private static String token(String header) {
        if (header.startsWith(BEARER)) {
            return header.substring(BEARER.length()).strip();
        }
        if (header.startsWith(BASIC)) {
            try {
                byte[] decoded = Base64.getDecoder()
                        .decode(header.substring(BASIC.length()).strip());
                String credentials = new String(decoded, StandardCharsets.UTF_8);
                return credentials.substring(credentials.indexOf(':') + 1);
            } catch (IllegalArgumentException notBase64) {
                return "";
            }
        }
        return "";
    }

    private void write(HttpExchange exchange, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Json(int code, JsonNode body) ->
                send(exchange, code, "application/json", json.writeValueAsBytes(body));
            case Answer.Text(int code, String body) ->
                send(exchange, code, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
            case Answer.NoUpgrade() -> exchange.sendResponseHeaders(200, -1);
            case Answer.Proxied(HttpResponse<InputStream> pod) -> passOn(exchange, pod);
            case Answer.Watch(WatchStream stream) -> stream(exchange, stream);
        }
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Each piece goes on as soon as it comes: streams of tokens keep their pace. */
    private static void passOn(HttpExchange exchange, HttpResponse<InputStream> pod) throws IOException {
        pod.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(pod.statusCode(), 0);
        OutputStream out = exchange.getResponseBody();
        byte[] piece = new byte[PIECE];
        try (InputStream body = pod.body()) {
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                out.write(piece, 0, read);
                out.flush();
            }
        }
    }

    private void stream(HttpExchange exchange, WatchStream stream) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        try {
            stream.run(event -> {
                try {
                    out.write(json.writeValueAsBytes(event));
                    out.write('\n');
                    out.flush();
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException gone) {
            // The watcher hung up, which is how a watch ends.
            LOG.log(Logger.Level.DEBUG, "watch ended by its client", gone);
        }
    }
}
