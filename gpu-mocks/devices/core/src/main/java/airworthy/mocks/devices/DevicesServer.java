package airworthy.mocks.devices;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The devices over HTTP: levers under {@code /admin/levers}, series under {@code /metrics}, {@code /health}. Safe for any
 * number of threads.
 *
 * <p>With several nodes, levers are under {@code /nodes/<node>/admin/levers}.
 */
public final class DevicesServer implements AutoCloseable {

    private static final String LEVERS = "/admin/levers";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private DevicesServer(HttpServer http) {
        this.http = http;
    }

    /**
     * Serves levers and series on one address.
     *
     * @throws IOException when the address cannot be bound; the message names it
     */
    public static DevicesServer start(InetSocketAddress bind, List<NodeDevices> nodes) throws IOException {
        return bound(bind).withLevers(nodes).withMetrics(nodes).started();
    }

    /** Serves the levers alone. */
    public static DevicesServer startLevers(InetSocketAddress bind, List<NodeDevices> nodes) throws IOException {
        return bound(bind).withLevers(nodes).started();
    }

    /** Serves the series alone, as an exporter does, which has no levers. */
    public static DevicesServer startMetrics(InetSocketAddress bind, List<NodeDevices> nodes) throws IOException {
        return bound(bind).withMetrics(nodes).started();
    }

    private static DevicesServer bound(InetSocketAddress address) throws IOException {
        try {
            return new DevicesServer(HttpServer.create(address, 0));
        } catch (IOException e) {
            throw new IOException("devices: cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    private DevicesServer withLevers(List<NodeDevices> nodes) {
        if (nodes.size() == 1) {
            route(LEVERS, new LeverPages(LEVERS, nodes.getFirst().accelerators()));
        }
        for (NodeDevices node : nodes) {
            String path = "/nodes/" + node.accelerators().node() + LEVERS;
            route(path, new LeverPages(path, node.accelerators()));
        }
        return this;
    }

    private DevicesServer withMetrics(List<NodeDevices> nodes) {
        DcgmExporter exporter = new DcgmExporter(nodes);
        NvmlSeries nvml = new NvmlSeries(nodes);
        route("/metrics", (exchange, body) -> Page.text(DcgmExporter.CONTENT_TYPE, exporter.text() + nvml.text()));
        return this;
    }

    private DevicesServer started() {
        route("/health", (exchange, body) -> Page.text("text/plain", "ok\n"));
        route("/", (exchange, body) -> {
            throw new Refusal(
                    404,
                    "found " + exchange.getRequestURI().getPath() + ", expected " + LEVERS + ", /metrics or /health");
        });
        http.setExecutor(threads);
        http.start();
        return this;
    }

    private void route(String path, Page.Source source) {
        http.createContext(path, Page.handler(source));
    }

    /** Returns the address clients reach it at, without a path. */
    public URI uri() {
        InetSocketAddress bound = http.getAddress();
        String host = bound.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
