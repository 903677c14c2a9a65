package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.monitoring.ConfigMapping;
import airworthy.mocks.monitoring.ConfigNode;
import airworthy.mocks.prometheus.RelabelRule.Action;
import airworthy.mocks.prometheus.ScrapeJob.Discovery;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Replacement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the subset of prometheus.yml; defaults are Prometheus's own. */
final class PrometheusConfigReader {
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private PrometheusConfigReader() {}

    static PrometheusConfig read(ConfigFile file) {
        ConfigMapping root =
                ConfigNode.parse(file).mapping().only("global", "rule_files", "alerting", "scrape_configs");
        Optional<ConfigMapping> global = root.get("global")
                .map(ConfigNode::mapping)
                .map(g -> g.only("scrape_interval", "scrape_timeout", "evaluation_interval", "external_labels"));
        Duration interval =
                global.map(g -> g.duration("scrape_interval", DEFAULT_INTERVAL)).orElse(DEFAULT_INTERVAL);
        Duration timeout = global.flatMap(g -> g.get("scrape_timeout"))
                .map(ConfigNode::duration)
                .orElse(min(DEFAULT_TIMEOUT, interval));
        Duration evaluation = global.map(g -> g.duration("evaluation_interval", DEFAULT_INTERVAL))
                .orElse(DEFAULT_INTERVAL);
        Labels external =
                global.map(g -> new Labels(g.textMap("external_labels"))).orElse(Labels.EMPTY);
        List<ScrapeJob> jobs = root.items("scrape_configs").stream()
                .map(node -> job(node, interval, timeout))
                .toList();
        List<String> ruleFiles = root.get("rule_files").map(ConfigNode::texts).orElse(List.of());
        return new PrometheusConfig(evaluation, external, ruleFiles, jobs);
    }

    private static ScrapeJob job(ConfigNode node, Duration globalInterval, Duration globalTimeout) {
        ConfigMapping job = node.mapping()
                .only(
                        "job_name",
                        "scrape_interval",
                        "scrape_timeout",
                        "metrics_path",
                        "static_configs",
                        "kubernetes_sd_configs",
                        "relabel_configs",
                        "metric_relabel_configs");
        Duration interval = job.duration("scrape_interval", globalInterval);
        Duration timeout = job.duration("scrape_timeout", min(globalTimeout, interval));
        if (timeout.compareTo(interval) > 0) {
            throw job.require("scrape_timeout")
                    .problem("found a scrape timeout greater than the scrape interval, expected at most the interval");
        }
        List<Discovery> discoveries = new ArrayList<>();
        job.items("static_configs").forEach(n -> discoveries.add(fixed(n.mapping())));
        job.items("kubernetes_sd_configs").forEach(n -> discoveries.add(pods(n.mapping())));
        return new ScrapeJob(
                job.require("job_name").text(),
                interval,
                timeout,
                job.text("metrics_path", "/metrics"),
                discoveries,
                relabeling(job, "relabel_configs"),
                relabeling(job, "metric_relabel_configs"));
    }

    private static Discovery fixed(ConfigMapping group) {
        group.only("targets", "labels");
        return new Discovery.Static(group.require("targets").texts(), group.textMap("labels"));
    }

    private static Discovery pods(ConfigMapping discovery) {
        ConfigNode role = discovery.only("role").require("role");
        if (!role.text().equals("pod")) {
            throw role.problem("found \"" + role.text() + "\", expected \"pod\", the only role simulated");
        }
        return new Discovery.KubernetesPods();
    }

    private static List<RelabelRule> relabeling(ConfigMapping job, String key) {
        return job.items(key).stream().map(n -> relabeling(n.mapping())).toList();
    }

    private static RelabelRule relabeling(ConfigMapping rule) {
        rule.only("action", "source_labels", "separator", "regex", "target_label", "replacement");
        Action action = switch (rule.text("action", "replace")) {
            case "replace" -> Action.REPLACE;
            case "keep" -> Action.KEEP;
            case "drop" -> Action.DROP;
            case "labelmap" -> Action.LABELMAP;
            default ->
                throw rule.require("action")
                        .problem("found \"" + rule.text("action", "")
                                + "\", expected one of replace, keep, drop, labelmap");
        };
        if (action == Action.REPLACE) {
            rule.require("target_label");
        }
        return new RelabelRule(
                action,
                rule.get("source_labels").map(ConfigNode::texts).orElse(List.of()),
                rule.text("separator", ";"),
                new Replacement(regex(rule), rule.text("replacement", "$1")),
                rule.text("target_label", ""));
    }

    private static Pattern regex(ConfigMapping rule) {
        String regex = rule.text("regex", "(.*)");
        try {
            return Pattern.compile(regex, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw rule.require("regex")
                    .problem("found \"" + regex + "\", expected a regular expression: " + e.getDescription());
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
