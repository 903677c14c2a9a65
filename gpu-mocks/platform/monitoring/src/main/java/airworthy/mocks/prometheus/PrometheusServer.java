package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.monitoring.RestServer;
import airworthy.mocks.promql.Evaluator;
import airworthy.mocks.promql.Parser;
import airworthy.mocks.promql.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A running Prometheus. Safe for use by several threads. */
public final class PrometheusServer implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final RestServer server;
    private final HttpClient client;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Pacer.Task> tasks = new ArrayList<>();
    private final Pacer pacer;
    private final Evaluator evaluator;
    private final Optional<HttpAlertSender> sender;

    private PrometheusServer(
            RestServer server, PrometheusSettings settings, PrometheusConfig config, List<Rule.Group> rules) {
        this.server = server;
        this.pacer = settings.pacer();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                // as the real one does when it scrapes
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
        MemoryStore store = new MemoryStore(settings.retention());
        this.evaluator = new Evaluator(store, settings.lookback());
        this.sender = settings.alertmanager()
                .map(url -> new HttpAlertSender(client, url, server.uri(), config.externalLabels()));
        HttpPages pages = new HttpPages(client, settings.resolver());
        List<JobScraper> jobs = config.jobs().stream()
                .map(job -> new JobScraper(
                        job, settings.pods(), target -> new TargetScrape(job, target, pages, store, pacer), executor))
                .toList();
        List<GroupRunner> groups = rules.stream()
                .map(group -> new GroupRunner(
                        group,
                        group.rules().stream()
                                .map(rule ->
                                        new RuleRunner(rule, evaluator, store, pacer, settings.resolvedRetention()))
                                .toList(),
                        alerts -> sender.ifPresent(s -> s.send(alerts)),
                        pacer,
                        settings.resendDelay()))
                .toList();
        QueryApi queries = new QueryApi(evaluator, store, pacer);
        StatusApi status = new StatusApi(settings, jobs, groups, store, sender);
        RestServer.Routes routes = new RestServer.Routes();
        queries.addTo(routes);
        status.addTo(routes);
        server.serve(routes);
        jobs.forEach(job -> tasks.add(pacer.every(job.job().interval(), job)));
        groups.forEach(group -> tasks.add(pacer.every(group.group().interval(), group)));
    }

    /**
     * Starts scraping, evaluating and answering.
     *
     * @throws airworthy.mocks.monitoring.ConfigException when a file is refused; nothing is started then
     * @throws IOException when the address cannot be bound
     */
    public static PrometheusServer start(PrometheusSettings settings) throws IOException {
        PrometheusConfig config = PrometheusConfigReader.read(settings.config());
        List<Rule.Group> rules = RuleFiles.load(config, settings.rules());
        return new PrometheusServer(RestServer.bind(settings.bind()), settings, config, rules);
    }

    /** Returns the base address of the API. */
    public URI uri() {
        return server.uri();
    }

    /**
     * Evaluates an expression over what was scraped, now.
     *
     * @throws airworthy.mocks.promql.PromqlException when it cannot be read or evaluated
     */
    public Value query(String expression) {
        return evaluator.evaluate(Parser.parse(expression), pacer.now().toEpochMilli());
    }

    @Override
    public void close() {
        tasks.forEach(Pacer.Task::cancel);
        server.close();
        sender.ifPresent(HttpAlertSender::close);
        client.shutdownNow();
        executor.shutdownNow();
        executor.close();
    }
}
