package airworthy.accelerator.exporter;

import airworthy.accelerator.library.NativeException;
import airworthy.accelerator.nvml.Gpu;
import airworthy.accelerator.nvml.Nvml;
import airworthy.accelerator.nvml.Sensor;
import airworthy.accelerator.nvml.XidEvents;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Serves {@code /metrics}: devices are asked each time that it is. Thread-safe. */
public final class Exporter implements AutoCloseable {
    private static final Duration LISTEN = Duration.ofMillis(500);

    private final Nvml nvml;
    private final List<Gpu> gpus;
    private final ExporterPage page;
    private final HttpServer http;
    private final Map<String, Long> lastXids = new ConcurrentHashMap<>();
    private final Consumer<String> log;
    private final Thread listener;
    private volatile boolean closed;

    private Exporter(Nvml nvml, String hostname, HttpServer http, Consumer<String> log) throws NativeException {
        this.nvml = nvml;
        this.gpus = nvml.gpus();
        this.page = new ExporterPage(hostname, nvml.driverVersion());
        this.http = http;
        this.log = log;
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/metrics", this::answer);
        // a thread of its own kind: it waits inside the library
        this.listener = Thread.ofPlatform().name("xid events").daemon().unstarted(this::listen);
    }

    /**
     * Starts it.
     *
     * @param nvml open until this is closed
     * @param listen where to be scraped
     * @param hostname of the machine, for the label
     * @param log where to say what goes wrong meanwhile
     * @throws IOException when the address cannot be bound
     */
    public static Exporter start(Nvml nvml, InetSocketAddress listen, String hostname, Consumer<String> log)
            throws IOException, NativeException {
        Exporter exporter = new Exporter(nvml, hostname, HttpServer.create(listen, 0), log);
        exporter.http.start();
        exporter.listener.start();
        return exporter;
    }

    /** Returns the port that is scraped. */
    public int port() {
        return http.getAddress().getPort();
    }

    private void listen() {
        try (XidEvents events = nvml.xids(gpus)) {
            if (events.gpus().size() < gpus.size()) {
                log.accept("XIDs: " + events.gpus().size() + " of " + gpus.size() + " devices tell of them");
            }
            while (!closed) {
                events.next(LISTEN)
                        .ifPresent(event -> lastXids.put(event.gpu().identity().uuid(), event.xid()));
            }
        } catch (NativeException e) {
            log.accept("XIDs are told no more: " + e.told());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            String body;
            try {
                body = page.text(read());
            } catch (NativeException e) {
                // no page is better than one with figures left out: a scrape that fails is seen
                status = 500;
                body = e.told() + "\n";
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", ExporterPage.CONTENT_TYPE);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private List<GpuReading> read() throws NativeException {
        List<GpuReading> readings = new ArrayList<>();
        for (Gpu gpu : gpus) {
            Map<Sensor, Long> sensors = new EnumMap<>(Sensor.class);
            for (Sensor sensor : Sensor.values()) {
                OptionalLong value = nvml.read(gpu, sensor);
                if (value.isPresent()) {
                    sensors.put(sensor, value.getAsLong());
                }
            }
            Long xid = lastXids.get(gpu.identity().uuid());
            readings.add(new GpuReading(
                    gpu.identity(),
                    nvml.memory(gpu),
                    nvml.utilization(gpu),
                    sensors,
                    xid == null ? OptionalLong.empty() : OptionalLong.of(xid)));
        }
        return readings;
    }

    @Override
    public void close() {
        closed = true;
        http.stop(0);
        try {
            listener.join(LISTEN.multipliedBy(4));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
