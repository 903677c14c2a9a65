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
import java.util.UUID;
import java.util.function.Consumer;

/** Takes a request from a tenant to a replica and the answer back, byte by byte as it comes. */
final class ProxyHandler implements HttpHandler {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PASSED =
            List.of("content-type", "retry-after", "x-inference-pod", "x-inference-namespace", "x-inference-port");

    private final GatewayConfig config;
    private final Map<String, String> tenantsByKey;
    private final Map<String, ModelRoute> routes;
    private final InstantSource clock;
    private final Consumer<AccessRecord> log;

    ProxyHandler(
            GatewayConfig config,
            Map<String, String> tenantsByKey,
            Map<String, ModelRoute> routes,
            InstantSource clock,
            Consumer<AccessRecord> log) {
        this.config = config;
        this.tenantsByKey = tenantsByKey;
        this.routes = routes;
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
                    tenant,
                    model,
                    replica,
                    decision,
                    status,
                    tokens,
                    Duration.ofNanos(System.nanoTime() - startedNanos));
        }

        void answer() throws IOException {
            exchange.getResponseHeaders().set("x-request-id", requestId);
            String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String known = tenantsByKey.get(header.replaceFirst("^Bearer ", ""));
            if (known == null) {
                refuse(Refusal.unknownKey());
                return;
            }
            tenant = known;
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
                    pass(upstream, new AnswerReader(watch, streamed, System.nanoTime()));
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

        private void pass(Upstream upstream, AnswerReader reader) throws IOException {
            Upstream.Head head;
            try {
                head = upstream.post(exchange.getRequestURI().getPath(), body, requestId);
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
                tokens = reader.used();
            }
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
