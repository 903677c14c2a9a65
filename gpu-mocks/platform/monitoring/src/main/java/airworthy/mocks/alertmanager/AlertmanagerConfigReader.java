package airworthy.mocks.alertmanager;

import airworthy.mocks.alertmanager.Receiver.Resolved;
import airworthy.mocks.alertmanager.Receiver.Webhook;
import airworthy.mocks.alertmanager.Route.Continuation;
import airworthy.mocks.alertmanager.Route.GroupBy;
import airworthy.mocks.alertmanager.Route.Timing;
import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.monitoring.ConfigMapping;
import airworthy.mocks.monitoring.ConfigNode;
import airworthy.mocks.promql.LabelMatcher;
import airworthy.mocks.promql.LabelMatcher.Operator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads the subset of alertmanager.yml; defaults are Alertmanager's own. */
final class AlertmanagerConfigReader {
    private static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);
    private static final Timing DEFAULT_TIMING =
            new Timing(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(4));
    private static final Route ABOVE_ROOT = new Route(
            "",
            "",
            new Matchers(List.of()),
            Continuation.STOP,
            new GroupBy.Of(new TreeSet<>()),
            DEFAULT_TIMING,
            List.of());

    private final Map<String, Receiver> receivers = new LinkedHashMap<>();

    private AlertmanagerConfigReader() {}

    static AlertmanagerConfig read(ConfigFile file) {
        return new AlertmanagerConfigReader()
                .root(ConfigNode.parse(file)
                        .mapping()
                        .only("global", "route", "receivers", "inhibit_rules", "templates"));
    }

    private AlertmanagerConfig root(ConfigMapping root) {
        root.get("templates").filter(n -> !n.isEmpty()).ifPresent(n -> {
            throw n.problem("found notification templates, expected none: webhooks do not use them");
        });
        Duration resolveTimeout = root.get("global")
                .map(g -> g.mapping().only("resolve_timeout").duration("resolve_timeout", RESOLVE_TIMEOUT))
                .orElse(RESOLVE_TIMEOUT);
        root.require("receivers").items().forEach(this::addReceiver);
        ConfigMapping route = root.require("route").mapping();
        route.require("receiver");
        for (String key : List.of("match", "match_re", "matchers")) {
            route.get(key).filter(n -> !n.isEmpty()).ifPresent(n -> {
                throw n.problem("root route must not have any matchers");
            });
        }
        List<InhibitRule> inhibits = root.items("inhibit_rules").stream()
                .map(n -> inhibit(n.mapping()))
                .toList();
        return new AlertmanagerConfig(resolveTimeout, route(route, ABOVE_ROOT), receivers, inhibits);
    }

    private void addReceiver(ConfigNode node) {
        ConfigMapping receiver = node.mapping();
        String name = receiver.require("name").text();
        List<Webhook> webhooks = new ArrayList<>();
        receiver.values().forEach((key, value) -> {
            switch (key) {
                case "name" -> {}
                case "webhook_configs" -> value.items().forEach(n -> webhooks.add(webhook(n.mapping())));
                default -> {
                    if (!key.endsWith("_configs")) {
                        receiver.only("name", "webhook_configs");
                    }
                    if (!value.isEmpty()) {
                        throw value.problem(
                                "found " + key + ", expected webhook_configs, the only kind this simulation delivers");
                    }
                }
            }
        });
        if (receivers.put(name, new Receiver(name, webhooks)) != null) {
            throw receiver.require("name").problem("notification config name \"" + name + "\" is not unique");
        }
    }

    private static Webhook webhook(ConfigMapping webhook) {
        webhook.only("url", "send_resolved");
        ConfigNode url = webhook.require("url");
        boolean sends = webhook.get("send_resolved").map(ConfigNode::truth).orElse(true);
        try {
            URI uri = URI.create(url.text());
            if (uri.getHost() == null || !"http".equals(uri.getScheme())) {
                throw url.problem("found \"" + url.text() + "\", expected an address such as http://host:9911/");
            }
            return new Webhook(uri, sends ? Resolved.SENT : Resolved.WITHHELD);
        } catch (IllegalArgumentException _) {
            throw url.problem("found \"" + url.text() + "\", expected an address such as http://host:9911/");
        }
    }

    private Route route(ConfigMapping route, Route parent) {
        route.only(
                "receiver",
                "matchers",
                "match",
                "match_re",
                "continue",
                "group_by",
                "group_wait",
                "group_interval",
                "repeat_interval",
                "routes");
        String receiver = route.text("receiver", parent.receiver());
        if (!receivers.containsKey(receiver)) {
            throw route.get("receiver")
                    .orElse(route.node())
                    .problem("found receiver \"" + receiver + "\", expected one of " + receivers.keySet());
        }
        Matchers matchers = matchers(route, "matchers", "match", "match_re");
        Timing inherited = parent.timing();
        Timing timing = new Timing(
                route.duration("group_wait", inherited.groupWait()),
                positive(route, "group_interval", inherited.groupInterval()),
                positive(route, "repeat_interval", inherited.repeatInterval()));
        Continuation continuation =
                route.get("continue").map(ConfigNode::truth).orElse(false) ? Continuation.CONTINUE : Continuation.STOP;
        String key = parent.key().isEmpty() ? matchers.toString() : parent.key() + "/" + matchers;
        GroupBy groupBy = groupBy(route).orElse(parent.groupBy());
        Route self = new Route(key, receiver, matchers, continuation, groupBy, timing, List.of());
        List<Route> children = route.items("routes").stream()
                .map(n -> route(n.mapping(), self))
                .toList();
        return new Route(key, receiver, matchers, continuation, groupBy, timing, children);
    }

    private static Duration positive(ConfigMapping route, String key, Duration otherwise) {
        Duration duration = route.duration(key, otherwise);
        if (duration.isZero()) {
            throw route.require(key).problem("found 0, expected more than zero");
        }
        return duration;
    }

    private static Optional<GroupBy> groupBy(ConfigMapping route) {
        return route.get("group_by").map(ConfigNode::texts).map(labels -> {
            if (!labels.contains("...")) {
                return new GroupBy.Of(new TreeSet<>(labels));
            }
            if (labels.size() > 1) {
                throw route.require("group_by").problem("cannot have wildcard group_by (`...`) and other labels");
            }
            return new GroupBy.All();
        });
    }

    private static InhibitRule inhibit(ConfigMapping rule) {
        rule.only(
                "source_matchers",
                "source_match",
                "source_match_re",
                "target_matchers",
                "target_match",
                "target_match_re",
                "equal");
        return new InhibitRule(
                matchers(rule, "source_matchers", "source_match", "source_match_re"),
                matchers(rule, "target_matchers", "target_match", "target_match_re"),
                rule.get("equal").map(ConfigNode::texts).orElse(List.of()));
    }

    private static Matchers matchers(ConfigMapping at, String list, String exact, String regex) {
        List<LabelMatcher> all = new ArrayList<>();
        at.textMap(exact).forEach((label, value) -> all.add(new LabelMatcher(label, Operator.EQUAL, value)));
        for (Map.Entry<String, String> entry : at.textMap(regex).entrySet()) {
            all.add(located(at.require(regex), entry));
        }
        for (ConfigNode item : at.items(list)) {
            try {
                all.addAll(Matchers.parse(item.text()));
            } catch (IllegalArgumentException e) {
                throw item.problem(String.valueOf(e.getMessage()));
            }
        }
        return new Matchers(all);
    }

    private static LabelMatcher located(ConfigNode where, Map.Entry<String, String> entry) {
        try {
            return new LabelMatcher(entry.getKey(), Operator.MATCHES, entry.getValue());
        } catch (IllegalArgumentException e) {
            throw where.problem(String.valueOf(e.getMessage()));
        }
    }
}
