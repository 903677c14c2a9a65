package airworthy.probes.prometheus;

import airworthy.model.AlertState;
import airworthy.probes.http.UnexpectedAnswerException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the answers of Prometheus's HTTP API, version 1. */
final class AnswerReader {
    /** What Prometheus does where its configuration says nothing. */
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

    private AnswerReader() {}

    static String version(JsonNode answer) throws UnexpectedAnswerException {
        return text(data(answer), "version");
    }

    static Intervals configured(JsonNode answer) throws UnexpectedAnswerException {
        JsonNode global = ConfigText.parse(text(data(answer), "yaml")).path("global");
        return new Intervals(
                ConfigText.duration(global.path("scrape_interval"), DEFAULT_INTERVAL),
                ConfigText.duration(global.path("evaluation_interval"), DEFAULT_INTERVAL),
                new TreeMap<>());
    }

    static SortedMap<String, Duration> groups(JsonNode answer) throws UnexpectedAnswerException {
        SortedMap<String, Duration> groups = new TreeMap<>();
        for (JsonNode group : list(data(answer), "groups")) {
            Duration interval =
                    Duration.ofMillis(Math.round(group.path("interval").asDouble() * 1000));
            groups.merge(text(group, "name"), interval, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        return groups;
    }

    static List<AlertingRule> rules(JsonNode answer) throws UnexpectedAnswerException {
        List<AlertingRule> rules = new ArrayList<>();
        for (JsonNode group : list(data(answer), "groups")) {
            for (JsonNode rule : list(group, "rules")) {
                boolean records = rule.path("type").asText().equals("recording");
                if (!records) {
                    rules.add(new AlertingRule(
                            text(rule, "name"),
                            text(rule, "query"),
                            AlertJson.texts(rule.path("labels")),
                            AlertJson.texts(rule.path("annotations"))));
                }
            }
        }
        return rules;
    }

    static List<RuleAlert> alerts(JsonNode answer) throws UnexpectedAnswerException {
        List<RuleAlert> alerts = new ArrayList<>();
        for (JsonNode alert : list(data(answer), "alerts")) {
            alerts.add(new RuleAlert(state(text(alert, "state")), AlertJson.alert(alert), text(alert, "activeAt")));
        }
        return alerts;
    }

    static List<Sample> samples(JsonNode answer) throws UnexpectedAnswerException {
        JsonNode data = data(answer);
        String type = text(data, "resultType");
        List<Sample> samples = new ArrayList<>();
        switch (type) {
            case "vector" -> {
                for (JsonNode series : list(data, "result")) {
                    samples.add(sample(AlertJson.texts(series.path("metric")), series.path("value")));
                }
            }
            case "scalar" -> samples.add(sample(Map.of(), data.path("result")));
            default -> throw new UnexpectedAnswerException("a " + type, "an instant vector or a scalar");
        }
        return samples;
    }

    private static Sample sample(Map<String, String> labels, JsonNode pair) throws UnexpectedAnswerException {
        if (pair.size() != 2) {
            throw new UnexpectedAnswerException(pair.toString(), "a time and a value");
        }
        Instant at = Instant.ofEpochMilli(Math.round(pair.get(0).asDouble() * 1000));
        return new Sample(labels, number(pair.get(1).asText()), at);
    }

    private static double number(String text) throws UnexpectedAnswerException {
        try {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new UnexpectedAnswerException("\"" + text + '"', "a number");
        }
    }

    private static AlertState state(String text) throws UnexpectedAnswerException {
        return switch (text) {
            case "pending" -> AlertState.PENDING;
            case "firing" -> AlertState.FIRING;
            default -> throw new UnexpectedAnswerException("state \"" + text + '"', "pending or firing");
        };
    }

    private static JsonNode data(JsonNode answer) throws UnexpectedAnswerException {
        if (!answer.path("status").asText().equals("success")) {
            throw new UnexpectedAnswerException(
                    answer.has("error") ? "error \"" + answer.path("error").asText() + '"' : "no status \"success\"",
                    "an answer of Prometheus's HTTP API");
        }
        return answer.path("data");
    }

    private static JsonNode list(JsonNode node, String field) throws UnexpectedAnswerException {
        JsonNode list = node.path(field);
        if (!list.isArray()) {
            throw new UnexpectedAnswerException("no list \"" + field + '"', "one, as Prometheus's HTTP API documents");
        }
        return list;
    }

    private static String text(JsonNode node, String field) throws UnexpectedAnswerException {
        JsonNode text = node.path(field);
        if (!text.isTextual()) {
            throw new UnexpectedAnswerException("no text \"" + field + '"', "one, as Prometheus's HTTP API documents");
        }
        return text.asText();
    }
}
