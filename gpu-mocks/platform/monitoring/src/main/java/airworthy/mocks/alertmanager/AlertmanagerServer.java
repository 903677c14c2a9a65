package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.monitoring.Reply;
import airworthy.mocks.monitoring.RestServer;
import airworthy.mocks.monitoring.RestServer.Routes;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A running Alertmanager. Safe for use by several threads. */
public final class AlertmanagerServer implements AutoCloseable {
    /** The version whose behaviour is simulated. */
    static final String VERSION = "0.27.0+simulated";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final RestServer server;
    private final HttpClient client;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Dispatcher dispatcher;

    private AlertmanagerServer(RestServer server, AlertmanagerSettings settings, AlertmanagerConfig config) {
        this.server = server;
        Pacer pacer = settings.pacer();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
        AlertState state = new AlertState(pacer, config.inhibitRules());
        DeliveryCounters counters = new DeliveryCounters(config.receivers().keySet());
        Notifications notifications = new Notifications(
                config.receivers(),
                state,
                new NotificationLog(),
                new WebhookPayload(server.uri()),
                new WebhookSender(client, settings.resolver(), pacer, counters));
        this.dispatcher = new Dispatcher(config.route(), notifications, pacer);
        Routes routes = new Routes();
        new AlertApi(state, dispatcher, config.resolveTimeout(), pacer).addTo(routes);
        new SilenceApi(state, pacer).addTo(routes);
        String started = pacer.now().toString();
        routes.on("GET", "/api/v2/status", _ -> Reply.json(200, status(settings, started)))
                .on("GET", "/api/v2/receivers", _ -> Reply.json(200, receivers(config)))
                .on("GET", "/-/healthy", _ -> Reply.text(200, "OK"))
                .on("GET", "/-/ready", _ -> Reply.text(200, "OK"))
                .on("GET", "/metrics", _ -> Reply.metrics(counters.exposition()));
        server.serve(routes);
    }

    /**
     * Starts taking and delivering alerts.
     *
     * @throws airworthy.mocks.monitoring.ConfigException when the file is refused; nothing is started then
     * @throws IOException when the address cannot be bound
     */
    public static AlertmanagerServer start(AlertmanagerSettings settings) throws IOException {
        AlertmanagerConfig config = AlertmanagerConfigReader.read(settings.config());
        return new AlertmanagerServer(RestServer.bind(settings.bind()), settings, config);
    }

    /** Returns the base address of the API. */
    public URI uri() {
        return server.uri();
    }

    private static ObjectNode status(AlertmanagerSettings settings, String started) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode cluster = json.putObject("cluster").put("status", "disabled");
        cluster.putArray("peers");
        json.putObject("config").put("original", settings.config().text());
        json.put("uptime", started);
        ObjectNode version = json.putObject("versionInfo").put("version", VERSION);
        for (String field : new String[] {"branch", "buildDate", "buildUser", "goVersion", "revision"}) {
            version.put(field, "");
        }
        return json;
    }

    private static ArrayNode receivers(AlertmanagerConfig config) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        config.receivers().keySet().forEach(name -> array.addObject().put("name", name));
        return array;
    }

    @Override
    public void close() {
        server.close();
        dispatcher.close();
        client.shutdownNow();
        executor.shutdownNow();
        executor.close();
    }
}
