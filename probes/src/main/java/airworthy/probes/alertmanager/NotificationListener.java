package airworthy.probes.alertmanager;

import airworthy.model.Event.Notified;
import airworthy.model.Event.SourceUnreadable;
import airworthy.model.Stamp;
import airworthy.probes.EventSink;
import airworthy.probes.Stamps;
import airworthy.probes.http.UnexpectedAnswerException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Hears the notifications that Alertmanager posts to our webhook, on any path, and records each alert of them, stamped as
 * the request arrives. What cannot be read is answered with 400, which Alertmanager does not retry, and recorded too.
 *
 * <p>Thread-safe.
 */
public final class NotificationListener implements AutoCloseable {
    private static final String SOURCE = "webhook";
    /** Thousands of alerts; more than that is no notification. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    private final WebhookPayload payload = new WebhookPayload();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Stamps stamps;
    private final EventSink sink;

    private NotificationListener(HttpServer server, Stamps stamps, EventSink sink) {
        this.server = server;
        this.stamps = stamps;
        this.sink = sink;
    }

    /**
     * Begins to listen.
     *
     * @param hostPort where, for example {@code 0.0.0.0:9911}; port 0 takes a free one
     * @throws ListenerNotBoundException if that cannot be listened on
     */
    public static NotificationListener start(String hostPort, Stamps stamps, EventSink sink)
            throws ListenerNotBoundException {
        NotificationListener listener = new NotificationListener(bound(hostPort), stamps, sink);
        listener.server.setExecutor(listener.threads);
        listener.server.createContext("/", listener::hear);
        listener.server.start();
        return listener;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops listening; what is being heard is broken off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpServer bound(String hostPort) throws ListenerNotBoundException {
        try {
            URI parsed = new URI("http://" + hostPort);
            if (parsed.getHost() == null || parsed.getPort() < 0) {
                throw new ListenerNotBoundException(hostPort, "expected host:port such as 0.0.0.0:9911");
            }
            InetSocketAddress address = new InetSocketAddress(parsed.getHost(), parsed.getPort());
            if (address.isUnresolved()) {
                throw new ListenerNotBoundException(hostPort, "this machine cannot resolve the host");
            }
            return HttpServer.create(address, 0);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ListenerNotBoundException(hostPort, "expected host:port such as 0.0.0.0:9911");
        } catch (ListenerNotBoundException e) {
            throw e;
        } catch (IOException e) {
            throw new ListenerNotBoundException(hostPort, "listening there gave \"" + e.getMessage() + '"');
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        Stamp arrived = stamps.now(SOURCE);
        try (exchange) {
            exchange.sendResponseHeaders(answer(exchange, arrived), -1);
        }
    }

    private int answer(HttpExchange exchange, Stamp arrived) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            sink.record(arrived, new SourceUnreadable(SOURCE, "a notification is longer than 8 MiB"));
            return 413;
        }
        try {
            for (Notified notified : payload.read(new String(body, StandardCharsets.UTF_8))) {
                sink.record(arrived, notified);
            }
            return 200;
        } catch (UnexpectedAnswerException e) {
            sink.record(arrived, new SourceUnreadable(SOURCE, "a notification: " + e.getMessage()));
            return 400;
        }
    }
}
