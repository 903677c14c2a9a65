package airworthy.mocks.alertmanager;

import airworthy.mocks.monitoring.Pacer;
import airworthy.mocks.monitoring.Reply;
import airworthy.mocks.monitoring.Request;
import airworthy.mocks.monitoring.RestServer.Routes;
import airworthy.mocks.promql.LabelMatcher;
import airworthy.mocks.promql.Labels;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The part of the v2 API that takes and shows alerts. */
final class AlertApi {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AlertState state;
    private final Dispatcher dispatcher;
    private final Duration resolveTimeout;
    private final Pacer pacer;

    AlertApi(AlertState state, Dispatcher dispatcher, Duration resolveTimeout, Pacer pacer) {
        this.state = state;
        this.dispatcher = dispatcher;
        this.resolveTimeout = resolveTimeout;
        this.pacer = pacer;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/api/v2/alerts", JsonBody.guarded(this::list))
                .on("POST", "/api/v2/alerts", JsonBody.guarded(this::post))
                .on("GET", "/api/v2/alerts/groups", JsonBody.guarded(this::groups));
    }

    private Reply post(Request request) {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode node : JsonBody.read(request)) {
            alerts.add(alert(node));
        }
        alerts.forEach(alert -> dispatcher.insert(state.put(alert)));
        return new Reply(200, "application/json", "");
    }

    private Alert alert(JsonNode node) {
        Instant now = pacer.now();
        Labels labels = labels(node.path("labels"));
        if (labels.values().isEmpty()) {
            throw new IllegalArgumentException("found an alert without labels, expected at least one label pair");
        }
        Optional<Instant> end = JsonBody.time(node, "endsAt");
        Instant start = JsonBody.time(node, "startsAt")
                .orElse(end.filter(e -> e.isBefore(now)).orElse(now));
        if (end.filter(e -> e.isBefore(start)).isPresent()) {
            throw new IllegalArgumentException("start time must be before end time");
        }
        return new Alert(
                labels,
                labels(node.path("annotations")),
                start,
                end.orElse(now.plus(resolveTimeout)),
                now,
                node.path("generatorURL").asText(""),
                end.isPresent() ? Alert.Ending.STATED : Alert.Ending.ASSUMED);
    }

    private static Labels labels(JsonNode node) {
        TreeMap<String, String> labels = new TreeMap<>();
        node.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new Labels(labels);
    }

    private Reply list(Request request) {
        AlertFilter filter = AlertFilter.of(request);
        ArrayNode array = NODES.arrayNode();
        for (Alert alert : state.firing()) {
            List<String> receivers = dispatcher.receivers(alert.labels());
            AlertState.Muting muting = state.muting(alert.labels());
            if (filter.admits(alert.labels(), muting) && receivers.stream().anyMatch(filter::admitsReceiver)) {
                array.add(json(alert, muting, receivers));
            }
        }
        return Reply.json(200, array);
    }

    private Reply groups(Request request) {
        AlertFilter filter = AlertFilter.of(request);
        ArrayNode array = NODES.arrayNode();
        for (AlertGroup group : dispatcher.groups()) {
            String receiver = group.route().receiver();
            ArrayNode members = NODES.arrayNode();
            for (Alert alert : firing(group.alerts())) {
                AlertState.Muting muting = state.muting(alert.labels());
                if (filter.admits(alert.labels(), muting)) {
                    members.add(json(alert, muting, List.of(receiver)));
                }
            }
            if (!members.isEmpty() && filter.admitsReceiver(receiver)) {
                ObjectNode json = array.addObject();
                json.set("labels", WebhookPayload.labels(group.labels()));
                json.putObject("receiver").put("name", receiver);
                json.set("alerts", members);
            }
        }
        return Reply.json(200, array);
    }

    private List<Alert> firing(Collection<Alert> alerts) {
        Instant now = pacer.now();
        return alerts.stream().filter(a -> !a.isResolvedAt(now)).toList();
    }

    private static ObjectNode json(Alert alert, AlertState.Muting muting, List<String> receivers) {
        ObjectNode json = NODES.objectNode();
        json.set("annotations", WebhookPayload.labels(alert.annotations()));
        json.put("endsAt", alert.endsAt().toString()).put("fingerprint", alert.fingerprint());
        ArrayNode names = json.putArray("receivers");
        receivers.forEach(receiver -> names.addObject().put("name", receiver));
        json.put("startsAt", alert.startsAt().toString());
        ObjectNode status = json.putObject("status");
        ArrayNode inhibitedBy = status.putArray("inhibitedBy");
        muting.inhibitedBy().forEach(inhibitedBy::add);
        ArrayNode silencedBy = status.putArray("silencedBy");
        muting.silencedBy().forEach(silencedBy::add);
        status.put("state", muting.isMuted() ? "suppressed" : "active");
        json.put("updatedAt", alert.updatedAt().toString()).put("generatorURL", alert.generatorUrl());
        json.set("labels", WebhookPayload.labels(alert.labels()));
        return json;
    }

    /** Which alerts a caller asked for; whatever is not asked is shown. */
    private record AlertFilter(Request request, Matchers matchers) {
        static AlertFilter of(Request request) {
            List<LabelMatcher> all = new ArrayList<>();
            request.parameters("filter").forEach(text -> all.addAll(Matchers.parse(text)));
            return new AlertFilter(request, new Matchers(all));
        }

        boolean admits(Labels labels, AlertState.Muting muting) {
            return matchers.match(labels)
                    && (wants("active") || muting.isMuted())
                    && (wants("silenced") || muting.silencedBy().isEmpty())
                    && (wants("inhibited") || muting.inhibitedBy().isEmpty());
        }

        boolean admitsReceiver(String name) {
            String regex = request.parameter("receiver", "");
            return regex.isEmpty() || new LabelMatcher("receiver", LabelMatcher.Operator.MATCHES, regex).matches(name);
        }

        private boolean wants(String kind) {
            return !request.parameter(kind, "true").equals("false");
        }
    }
}
