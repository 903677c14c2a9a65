package airworthy.mocks.prometheus;

import airworthy.mocks.monitoring.ConfigException;
import airworthy.mocks.monitoring.ConfigFile;
import airworthy.mocks.monitoring.ConfigMapping;
import airworthy.mocks.monitoring.ConfigNode;
import airworthy.mocks.promql.Expr;
import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.Parser;
import airworthy.mocks.promql.PromqlException;
import airworthy.mocks.promql.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads rule files. */
final class RuleReader {
    private RuleReader() {}

    /** Reads the groups of a file; a file whose groups are empty has none. */
    static List<Rule.Group> read(ConfigFile file, Duration defaultInterval) {
        return ConfigNode.parse(file).mapping().only("groups").items("groups").stream()
                .map(node -> group(file.name(), node.mapping(), defaultInterval))
                .toList();
    }

    private static Rule.Group group(String file, ConfigMapping group, Duration defaultInterval) {
        group.only("name", "interval", "rules");
        return new Rule.Group(
                group.require("name").text(),
                file,
                group.duration("interval", defaultInterval),
                group.items("rules").stream().map(n -> rule(n.mapping())).toList());
    }

    private static Rule rule(ConfigMapping rule) {
        if (rule.get("record").isPresent()) {
            rule.only("record", "expr", "labels");
            return new Rule.Recording(
                    rule.require("record").text(), query(rule), expr(rule.require("expr")), rule.textMap("labels"));
        }
        rule.only("alert", "expr", "for", "keep_firing_for", "labels", "annotations");
        return new Rule.Alerting(
                rule.require("alert").text(),
                query(rule),
                expr(rule.require("expr")),
                rule.duration("for", Duration.ZERO),
                rule.duration("keep_firing_for", Duration.ZERO),
                templates(rule, "labels"),
                templates(rule, "annotations"));
    }

    private static String query(ConfigMapping rule) {
        return rule.require("expr").text().strip();
    }

    private static Expr expr(ConfigNode node) {
        String text = node.text();
        try {
            Expr expr = Parser.parse(text);
            if (expr.type() != ValueType.SCALAR && expr.type() != ValueType.VECTOR) {
                throw node.problem("found a " + expr.type().text() + ", expected a vector or a scalar");
            }
            return expr;
        } catch (PromqlException e) {
            int end = Math.min(e.offset(), text.length());
            long line = node.contentLine()
                    + text.substring(0, end).chars().filter(c -> c == '\n').count();
            throw new ConfigException(node.file() + ":" + line + ": expr: " + e.reason());
        }
    }

    private static SortedMap<String, AlertTemplate> templates(ConfigMapping rule, String key) {
        SortedMap<String, AlertTemplate> templates = new TreeMap<>();
        rule.get(key)
                .filter(n -> !n.isEmpty())
                .ifPresent(node -> node.mapping().values().forEach((name, value) -> {
                    if (name.equals(Labels.NAME)) {
                        throw value.problem("found label " + name + ", expected one that a rule may set");
                    }
                    try {
                        templates.put(name, AlertTemplate.parse(value.text()));
                    } catch (IllegalArgumentException e) {
                        throw value.problem(String.valueOf(e.getMessage()));
                    }
                }));
        return templates;
    }
}
