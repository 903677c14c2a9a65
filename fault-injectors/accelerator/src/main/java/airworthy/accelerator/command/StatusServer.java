package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.nvml.GpuMemory;
import airworthy.accelerator.nvml.Utilization;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Tells over HTTP how a fault stands, and beside it what NVML says of the device: who wants to know whether the fault took hold
 * reads that, and not what was asked for.
 */
final class StatusServer implements AutoCloseable {
    private final @Nullable HttpServer http;

    private StatusServer(@Nullable HttpServer http) {
        this.http = http;
    }

    /** Tells nobody. */
    static StatusServer none() {
        return new StatusServer(null);
    }

    static StatusServer start(InetSocketAddress listen, Accelerator accelerator, HeldFault fault, Bound bound)
            throws IOException {
        HttpServer http = HttpServer.create(listen, 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/ready", exchange -> send(exchange, fault.made() ? 200 : 503, ready(fault)));
        http.createContext("/status", exchange -> {
            try {
                send(exchange, 200, status(accelerator, fault, bound));
            } catch (NativeException e) {
                send(exchange, 500, JsonNodeFactory.instance.objectNode().put("error", e.told()));
            }
        });
        http.start();
        return new StatusServer(http);
    }

    /** 0 where nobody is told. */
    int port() {
        return http == null ? 0 : http.getAddress().getPort();
    }

    private static ObjectNode ready(HeldFault fault) {
        return JsonNodeFactory.instance.objectNode().put("made", fault.made());
    }

    private static ObjectNode status(Accelerator accelerator, HeldFault fault, Bound bound) throws NativeException {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.putObject("device")
                .put("uuid", accelerator.device().uuid())
                .put("name", accelerator.device().name())
                .put("driver", accelerator.nvml().driverVersion());
        ObjectNode told = status.putObject("fault").put("made", fault.made());
        fault.tell(told);
        told.put("secondsLeft", Math.max(0, bound.left().toSeconds()));
        GpuMemory memory = accelerator.nvml().memory(accelerator.gpu());
        ObjectNode nvml = status.putObject("nvml")
                .put("totalBytes", memory.total())
                .put("freeBytes", memory.free())
                .put("usedBytes", memory.used());
        memory.reserved().ifPresent(reserved -> nvml.put("reservedBytes", reserved));
        Optional<Utilization> utilization = accelerator.nvml().utilization(accelerator.gpu());
        utilization.ifPresent(busy -> nvml.put("utilizationPercent", busy.gpuPercent()));
        return status;
    }

    private static void send(HttpExchange exchange, int code, ObjectNode body) throws IOException {
        try (exchange) {
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        if (http != null) {
            http.stop(0);
        }
    }
}
