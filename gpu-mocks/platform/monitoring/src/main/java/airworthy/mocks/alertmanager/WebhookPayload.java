package airworthy.mocks.alertmanager;

import airworthy.mocks.promql.Labels;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** Writes notifications in version 4 of Alertmanager's webhook format. */
record WebhookPayload(URI externalUrl) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** How Go writes a time that is not set: a firing alert has no end. */
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    ObjectNode json(Notification notification) {
        List<Alert> alerts = notification.alerts();
        ObjectNode json =
                NODES.objectNode().put("receiver", notification.receiver()).put("status", notification.status());
        ArrayNode array = json.putArray("alerts");
        alerts.forEach(alert -> array.add(alert(alert, notification)));
        json.set("groupLabels", labels(notification.groupLabels()));
        json.set("commonLabels", labels(common(alerts, Alert::labels)));
        json.set("commonAnnotations", labels(common(alerts, Alert::annotations)));
        return json.put("externalURL", externalUrl.toString())
                .put("version", "4")
                .put("groupKey", notification.groupKey())
                .put("truncatedAlerts", 0);
    }

    private static ObjectNode alert(Alert alert, Notification notification) {
        boolean resolved = alert.isResolvedAt(notification.now());
        ObjectNode json = NODES.objectNode().put("status", resolved ? "resolved" : "firing");
        json.set("labels", labels(alert.labels()));
        json.set("annotations", labels(alert.annotations()));
        return json.put("startsAt", alert.startsAt().toString())
                .put("endsAt", resolved ? alert.endsAt().toString() : NO_TIME)
                .put("generatorURL", alert.generatorUrl())
                .put("fingerprint", alert.fingerprint());
    }

    private static Labels common(List<Alert> alerts, Function<Alert, Labels> part) {
        Labels first = part.apply(alerts.getFirst());
        return first.keeping(first.values().keySet().stream()
                .filter(name ->
                        alerts.stream().allMatch(a -> part.apply(a).get(name).equals(first.get(name))))
                .toList());
    }

    static ObjectNode labels(Labels labels) {
        ObjectNode json = NODES.objectNode();
        labels.values().forEach(json::put);
        return json;
    }
}
