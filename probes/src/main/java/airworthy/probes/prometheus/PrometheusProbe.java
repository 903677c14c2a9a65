package airworthy.probes.prometheus;

import airworthy.probes.Reading;
import airworthy.probes.http.HttpApi;
import airworthy.probes.http.HttpReads;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** Reads one Prometheus. Each read is bounded and may be interrupted. Thread-safe. */
public final class PrometheusProbe {
    private final HttpApi api;

    /**
     * A view of the Prometheus at an address.
     *
     * @param base path prefix included, for example {@code http://prometheus.monitoring:9090}
     */
    public PrometheusProbe(URI base, HttpReads reads) {
        api = new HttpApi("Prometheus", base, reads);
    }

    /** What it says that it is; a simulated one says so after a plus sign. */
    public Reading<String> version() throws InterruptedException {
        return api.read("/api/v1/status/buildinfo", AnswerReader::version);
    }

    /** How often it scrapes and evaluates, as it is configured now. */
    public Reading<Intervals> intervals() throws InterruptedException {
        Reading<Intervals> configured = api.read("/api/v1/status/config", AnswerReader::configured);
        if (!(configured instanceof Reading.Present<Intervals>(Intervals defaults))) {
            return configured;
        }
        Reading<SortedMap<String, Duration>> groups =
                api.read("/api/v1/rules?type=alert&exclude_alerts=true", AnswerReader::groups);
        return groups.map(found -> new Intervals(defaults.scrape(), defaults.evaluation(), found));
    }

    /** The rules that raise alerts, of all groups. */
    public Reading<List<AlertingRule>> rules() throws InterruptedException {
        return api.read("/api/v1/rules?type=alert", AnswerReader::rules);
    }

    /** The alerts of its rules, pending and firing. */
    public Reading<List<RuleAlert>> alerts() throws InterruptedException {
        return api.read("/api/v1/alerts", AnswerReader::alerts);
    }

    /** What a query gives now; an empty list if no series matches. */
    public Reading<List<Sample>> query(String promql) throws InterruptedException {
        return api.read(
                "/api/v1/query?query="
                        + URLEncoder.encode(promql, StandardCharsets.UTF_8).replace("+", "%20"),
                AnswerReader::samples);
    }
}
