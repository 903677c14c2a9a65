package airworthy.mocks.platform.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** Takes a request from a tenant to a replica and the answer back, byte by byte as it comes. */
final class ProxyHandler implements HttpHandler {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PASSED =
            List.of("content-type", "retry-after", "x-inference-pod", "x-inference-namespace", "x-inference-port");

    /** Of one connection (RFC 9110, 7.6.1), or made anew for the next. */
    private static final Set<String> OURS = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final GatewayConfig config;
    private final KeyTable keys;
    private final Map<String, ModelRoute> routes;
    private final Purses purses;
    private final InstantSource clock;
    private final Consumer<AccessRecord> log;

    ProxyHandler(
            GatewayConfig config,
            KeyTable keys,
            Map<String, ModelRoute> routes,
            Purses purses,
            InstantSource clock,
            Consumer<AccessRecord> log) {
        this.config = config;
        this.keys = keys;
        this.routes = routes;
        this.purses = purses;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Call call = new Call(exchange, body, System.nanoTime());
        try {
            call.answer();
            exchange.close();
        } finally {
            // An exchange that failed is left open: the server cuts its connection, so that no answer looks complete.
            log.accept(call.outcome());
        }
    }

    private final class Call {

        private final HttpExchange exchange;
        private final byte[] body;
        private final long startedNanos;
        private final String requestId = UUID.randomUUID().toString();
        private String tenant = "";
        private String model = "";
        private String replica = "";
        private String badKey = "";
        private String decision = "refused";
        private int status = 500;
        private Tokens tokens = Tokens.NONE;

        Call(HttpExchange exchange, byte[] body, long startedNanos) {
            this.exchange = exchange;
            this.body = body;
            this.startedNanos = startedNanos;
        }

        AccessRecord outcome() {
            return new AccessRecord(
                    clock.instant(),
                    requestId,
                    exchange.getRemoteAddress().getAddress().getHostAddress(),
                    tenant,
                    model,
                    replica,
                    decision,
                    status,
                    tokens,
                    badKey,
                    Duration.ofNanos(System.nanoTime() - startedNanos));
        }

        void answer() throws IOException {
            exchange.getResponseHeaders().set("x-request-id", requestId);
            switch (keys.find(exchange.getRequestHeaders().getFirst("Authorization"))) {
                case KeyTable.Found.Nobody(String why) -> {
                    badKey = why;
                    refuse(Refusal.badKey());
                    return;
                }
                case KeyTable.Found.Tenant(String name) -> tenant = name;
            }
            JsonNode request;
            try {
                request = JSON.readTree(body);
            } catch (JsonProcessingException e) {
                refuse(Refusal.unreadable(e.getOriginalMessage()));
                return;
            }
            String asked = request.path("model").asText();
            ModelRoute route = routes.get(asked);
            if (route == null) {
                refuse(Refusal.unknownModel(asked));
                return;
            }
            model = asked;
            if (!config.allows(tenant, model)) {
                refuse(Refusal.forbiddenModel(tenant, model));
                return;
            }
            Optional<Duration> empty = purses.refusal(tenant);
            if (empty.isPresent()) {
                refuseUntil(empty.get());
                return;
            }
            forward(route, request.path("stream").asBoolean());
        }

        /** Tries a second replica only when the first did not take the connection: no request is ever sent twice. */
        private void forward(ModelRoute route, boolean streamed) throws IOException {
            List<Replica> ranked = route.balancer().rank(route.ready());
            if (ranked.isEmpty()) {
                refuse(Refusal.noReplica(model));
                return;
            }
            for (Replica candidate : ranked.subList(0, Math.min(2, ranked.size()))) {
                try (StreamWatch watch = route.balancer().begin(candidate);
                        Upstream upstream = connect(candidate)) {
                    replica = candidate.pod();
                    pass(upstream, new AnswerReader(watch, streamed, System.nanoTime()), streamed);
                    return;
                } catch (NotConnected e) {
                    replica = "";
                }
            }
            decision = "failed";
            send(Refusal.unreachable(model));
        }

        private Upstream connect(Replica candidate) throws NotConnected {
            try {
                return Upstream.connect(candidate.address());
            } catch (IOException e) {
                throw new NotConnected(e);
            }
        }

        private void pass(Upstream upstream, AnswerReader reader, boolean streamed) throws IOException {
            Upstream.Head head;
            try {
                head = upstream.post(exchange.getRequestURI().getPath(), body, passedOn());
            } catch (IOException e) {
                decision = "failed";
                send(Refusal.unreachable(model));
                return;
            }
            status = head.status();
            for (String name : PASSED) {
                head.header(name)
                        .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
            }
            try {
                decision = "client-gone";
                exchange.sendResponseHeaders(status, head.body().length().orElse(0L));
                copy(head.body(), reader, exchange.getResponseBody());
            } finally {
                tokens = streamed && !config.metersStreams() ? Tokens.NONE : reader.used();
                purses.spend(tenant, tokens);
            }
        }

        /** What the tenant's request carries, less what is between the tenant and us: the key is not the replica's business. */
        private Map<String, String> passedOn() {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            OURS.forEach(headers::remove);
            headers.put("X-Request-Id", requestId);
            return headers;
        }

        private void copy(Upstream.Body from, AnswerReader reader, OutputStream to) throws IOException {
            to.flush();
            byte[] buffer = new byte[8192];
            for (int count = next(from, buffer); count >= 0; count = next(from, buffer)) {
                long now = System.nanoTime();
                to.write(buffer, 0, count);
                to.flush();
                reader.read(buffer, count, now);
            }
            decision = "routed";
        }

        private int next(Upstream.Body from, byte[] buffer) throws IOException {
            try {
                return from.read(buffer);
            } catch (IOException e) {
                decision = "cut";
                throw e;
            }
        }

        /** Told in whole seconds, and never too few of them. */
        private void refuseUntil(Duration wait) throws IOException {
            long seconds = Math.max(1, Math.ceilDiv(wait.toMillis(), 1000L));
            exchange.getResponseHeaders().set("Retry-After", Long.toString(seconds));
            decision = "over-budget";
            send(Refusal.budgetSpent(tenant, seconds));
        }

        private void refuse(Refusal refusal) throws IOException {
            decision = "refused";
            send(refusal);
        }

        private void send(Refusal refusal) throws IOException {
            status = refusal.status();
            byte[] bytes = refusal.body();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static final class NotConnected extends Exception {
        private static final long serialVersionUID = 1L;

        NotConnected(IOException cause) {
            super(cause);
        }
    }
}
