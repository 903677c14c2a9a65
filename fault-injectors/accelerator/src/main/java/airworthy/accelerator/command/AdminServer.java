package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.nvml.GpuMemory;
import airworthy.accelerator.nvml.GpuProcess;
import airworthy.accelerator.nvml.Utilization;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;

/**
 * Levers, readiness and what NVML says of the device over HTTP. Who wants to know whether a fault took hold reads the latter:
 * a lever tells what was asked for.
 */
final class AdminServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LEVERS = "/admin/levers";

    private final HttpServer http;
    private final Accelerator accelerator;
    private final Levers levers;

    private AdminServer(HttpServer http, Accelerator accelerator, Levers levers) {
        this.http = http;
        this.accelerator = accelerator;
        this.levers = levers;
    }

    static AdminServer start(InetSocketAddress listen, Accelerator accelerator, Levers levers) throws IOException {
        AdminServer server = new AdminServer(HttpServer.create(listen, 0), accelerator, levers);
        server.http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.http.createContext("/", server::handle);
        server.http.start();
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply;
            try {
                reply = answer(
                        exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
            } catch (NativeException e) {
                reply = Reply.error(500, e.told());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                reply = Reply.error(503, "ending");
            }
            byte[] bytes = reply.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply answer(String method, String path, String body) throws NativeException, InterruptedException {
        if (path.equals("/admin/ready")) {
            // asked, not assumed: a device can be lost while nothing is made of it
            accelerator.nvml().memory(accelerator.gpu());
            return new Reply(200, JsonNodeFactory.instance.objectNode().put("ready", true));
        }
        if (path.equals("/admin/device")) {
            return new Reply(200, device());
        }
        if (path.equals(LEVERS)) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            for (Lever lever : Lever.values()) {
                all.put(lever.key(), levers.get(lever));
            }
            return new Reply(200, all);
        }
        if (!path.startsWith(LEVERS + "/")) {
            return Reply.error(404, "path: expected one below " + LEVERS + ", or /admin/device or /admin/ready");
        }
        String name = path.substring(LEVERS.length() + 1);
        Optional<Lever> lever = Lever.named(name);
        if (lever.isEmpty()) {
            return Reply.error(404, "lever: found " + name + ", expected one of " + Lever.names());
        }
        return switch (method) {
            case "GET" -> position(200, lever.get());
            case "PUT" -> set(lever.get(), body);
            default -> Reply.error(405, "method: found " + method + ", expected GET or PUT");
        };
    }

    private Reply set(Lever lever, String body) throws NativeException, InterruptedException {
        JsonNode wish;
        try {
            wish = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return Reply.error(400, "body: found " + e.getOriginalMessage() + ", expected a JSON object");
        }
        JsonNode value = wish.path("value");
        JsonNode expect = wish.path("expect");
        if (!value.canConvertToExactIntegral() || !(expect.isMissingNode() || expect.canConvertToExactIntegral())) {
            return Reply.error(400, "expected {\"value\": WHOLE NUMBER} or {\"value\": ..., \"expect\": ...}");
        }
        Optional<String> refusal = lever.refusal(value.asLong());
        if (refusal.isPresent()) {
            return Reply.error(400, refusal.get());
        }
        OptionalLong expected = expect.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(expect.asLong());
        return position(levers.set(lever, value.asLong(), expected) ? 200 : 409, lever);
    }

    private Reply position(int status, Lever lever) {
        return new Reply(status, JsonNodeFactory.instance.objectNode().put("value", levers.get(lever)));
    }

    private ObjectNode device() throws NativeException {
        ObjectNode device = JsonNodeFactory.instance.objectNode();
        device.put("uuid", accelerator.device().uuid())
                .put("name", accelerator.device().name())
                .put("driver", accelerator.nvml().driverVersion());
        Held held = levers.held();
        device.putObject("held")
                .put("bytes", held.bytes())
                .put("busySeconds", held.busy().toMillis() / 1e3);
        levers.problem().ifPresent(problem -> device.put("problem", problem));
        GpuMemory memory = accelerator.nvml().memory(accelerator.gpu());
        ObjectNode bytes = device.putObject("memory")
                .put("totalBytes", memory.total())
                .put("freeBytes", memory.free())
                .put("usedBytes", memory.used());
        memory.reserved().ifPresent(reserved -> bytes.put("reservedBytes", reserved));
        Optional<Utilization> utilization = accelerator.nvml().utilization(accelerator.gpu());
        utilization.ifPresent(busy -> device.put("utilizationPercent", busy.gpuPercent()));
        ArrayNode processes = device.putArray("processes");
        for (GpuProcess process : accelerator.nvml().processes(accelerator.gpu())) {
            ObjectNode each = processes.addObject().put("pid", process.pid());
            process.usedBytes().ifPresent(used -> each.put("usedBytes", used));
        }
        return device;
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private record Reply(int status, ObjectNode body) {
        static Reply error(int status, String message) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("error").put("message", message).put("code", status);
            return new Reply(status, body);
        }
    }
}
