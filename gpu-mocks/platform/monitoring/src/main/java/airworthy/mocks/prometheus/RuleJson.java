package airworthy.mocks.prometheus;

import airworthy.mocks.promql.Labels;
import airworthy.mocks.promql.NumberFormat;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rules and alerts in the shapes of Prometheus's API. */
final class RuleJson {
    private static final String NEVER = "0001-01-01T00:00:00Z";

    ObjectNode groups(List<GroupRunner> groups, String type) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode array = data.putArray("groups");
        for (GroupRunner group : groups) {
            ObjectNode json = array.addObject()
                    .put("name", group.group().name())
                    .put("file", group.group().file())
                    .put("interval", seconds(group.group().interval()))
                    .put("limit", 0);
            ArrayNode rules = json.putArray("rules");
            group.rules().stream()
                    .filter(rule -> type.isEmpty() || type.equals(type(rule)))
                    .forEach(rule -> rules.add(rule(rule)));
            json.put(
                    "evaluationTime",
                    group.rules().stream()
                            .flatMap(r -> r.health().stream())
                            .mapToDouble(h -> seconds(h.took()))
                            .sum());
            json.put("lastEvaluation", lastEvaluation(group.rules().stream().findFirst()));
        }
        return data;
    }

    ObjectNode alerts(List<GroupRunner> groups) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode array = data.putArray("alerts");
        for (GroupRunner group : groups) {
            for (RuleRunner rule : group.rules()) {
                rule.book().ifPresent(book -> book.active().forEach(alert -> array.add(alert(alert))));
            }
        }
        return data;
    }

    private static String type(RuleRunner rule) {
        return rule.book().isPresent() ? "alert" : "record";
    }

    private static ObjectNode rule(RuleRunner runner) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", runner.rule().name())
                .put("query", runner.rule().query());
        switch (runner.rule()) {
            case Rule.Recording recording -> {
                json.set("labels", Json.labels(new Labels(recording.labels())));
                json.put("type", "recording");
            }
            case Rule.Alerting alerting -> {
                List<ActiveAlert> alerts = runner.book().map(AlertBook::active).orElse(List.of());
                json.put("state", state(alerts))
                        .put("duration", seconds(alerting.holdFor()))
                        .put("keepFiringFor", seconds(alerting.keepFiringFor()));
                json.set("labels", Json.labels(new Labels(Rule.Alerting.sources(alerting.labels()))));
                json.set("annotations", Json.labels(new Labels(Rule.Alerting.sources(alerting.annotations()))));
                ArrayNode array = json.putArray("alerts");
                alerts.forEach(alert -> array.add(alert(alert)));
                json.put("type", "alerting");
            }
        }
        Optional<String> error = runner.health().flatMap(RuleRunner.Health::error);
        error.ifPresent(e -> json.put("lastError", e));
        return json.put("health", runner.health().isEmpty() ? "unknown" : error.isPresent() ? "err" : "ok")
                .put(
                        "evaluationTime",
                        runner.health().map(h -> seconds(h.took())).orElse(0.0))
                .put("lastEvaluation", lastEvaluation(Optional.of(runner)));
    }

    private static String state(List<ActiveAlert> alerts) {
        List<String> states = alerts.stream().map(ActiveAlert::state).toList();
        return states.contains("firing") ? "firing" : states.isEmpty() ? "inactive" : "pending";
    }

    private static ObjectNode alert(ActiveAlert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("labels", Json.labels(alert.labels()));
        json.set("annotations", Json.labels(alert.annotations()));
        return json.put("state", alert.state())
                .put("activeAt", alert.activeAt().toString())
                .put("value", NumberFormat.scientific(alert.value()));
    }

    private static String lastEvaluation(Optional<RuleRunner> rule) {
        return rule.flatMap(RuleRunner::health).map(h -> h.at().toString()).orElse(NEVER);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
