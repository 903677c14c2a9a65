package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.PromDuration;
import airworthy.mocks.monitoring.Reply;
import airworthy.mocks.monitoring.RestServer.Routes;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The part of the API that tells what the server does: its rules, alerts, targets, configuration and health. */
final class StatusApi {
    private final PrometheusSettings settings;
    private final List<JobScraper> jobs;
    private final RuleJson rules;
    private final List<GroupRunner> groups;
    private final MemoryStore store;
    private final Optional<HttpAlertSender> sender;

    StatusApi(
            PrometheusSettings settings,
            List<JobScraper> jobs,
            List<GroupRunner> groups,
            MemoryStore store,
            Optional<HttpAlertSender> sender) {
        this.settings = settings;
        this.jobs = jobs;
        this.rules = new RuleJson();
        this.groups = groups;
        this.store = store;
        this.sender = sender;
    }

    void addTo(Routes routes) {
        routes.on(
                        "GET",
                        "/api/v1/rules",
                        request -> ApiReply.success(rules.groups(groups, request.parameter("type", ""))))
                .on("GET", "/api/v1/alerts", _ -> ApiReply.success(rules.alerts(groups)))
                .on("GET", "/api/v1/targets", _ -> ApiReply.success(targets()))
                .on(
                        "GET",
                        "/api/v1/status/config",
                        _ -> ApiReply.success(
                                object().put("yaml", settings.config().text())))
                .on("GET", "/api/v1/status/buildinfo", _ -> ApiReply.success(buildInfo()))
                .on("GET", "/api/v1/status/flags", _ -> ApiReply.success(flags()))
                .on("GET", "/-/healthy", _ -> Reply.text(200, "Prometheus Server is Healthy.\n"))
                .on("GET", "/-/ready", _ -> Reply.text(200, "Prometheus Server is Ready.\n"))
                .on("GET", "/metrics", _ -> Reply.metrics(metrics()));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode buildInfo() {
        return object().put("version", HttpPages.VERSION)
                .put("revision", "")
                .put("branch", "")
                .put("buildUser", "")
                .put("buildDate", "")
                .put("goVersion", "");
    }

    private ObjectNode flags() {
        return object().put("query.lookback-delta", PromDuration.format(settings.lookback()))
                .put("rules.alert.resend-delay", PromDuration.format(settings.resendDelay()))
                .put("storage.tsdb.retention.time", PromDuration.format(settings.retention()))
                .put("web.listen-address", settings.bind().toString());
    }

    private ObjectNode targets() {
        ObjectNode data = object();
        var active = data.putArray("activeTargets");
        for (JobScraper job : jobs) {
            job.targets().forEach(scrape -> active.add(target(scrape)));
        }
        data.putArray("droppedTargets");
        return data;
    }

    private static ObjectNode target(TargetScrape scrape) {
        Optional<TargetScrape.Health> health = scrape.health();
        Optional<String> error = health.flatMap(TargetScrape.Health::error);
        ObjectNode json = object();
        json.set("discoveredLabels", Json.labels(scrape.target().discovered()));
        json.set("labels", Json.labels(scrape.target().labels()));
        String url = scrape.target().url().toString();
        return json.put("scrapePool", scrape.job().name())
                .put("scrapeUrl", url)
                .put("globalUrl", url)
                .put("lastError", error.orElse(""))
                .put("lastScrape", health.map(h -> h.at().toString()).orElse("0001-01-01T00:00:00Z"))
                .put(
                        "lastScrapeDuration",
                        health.map(h -> h.took().toNanos() / 1e9).orElse(0.0))
                .put("health", health.isEmpty() ? "unknown" : error.isPresent() ? "down" : "up")
                .put("scrapeInterval", PromDuration.format(scrape.job().interval()))
                .put("scrapeTimeout", PromDuration.format(scrape.job().timeout()));
    }

    private String metrics() {
        return """
            # TYPE prometheus_build_info gauge
            prometheus_build_info{version="%s"} 1
            # TYPE prometheus_tsdb_head_series gauge
            prometheus_tsdb_head_series %d
            # TYPE prometheus_notifications_sent_total counter
            prometheus_notifications_sent_total %d
            # TYPE prometheus_notifications_errors_total counter
            prometheus_notifications_errors_total %d
            """.formatted(
                        HttpPages.VERSION,
                        store.size(),
                        sender.map(HttpAlertSender::sent).orElse(0L),
                        sender.map(HttpAlertSender::errors).orElse(0L));
    }
}
