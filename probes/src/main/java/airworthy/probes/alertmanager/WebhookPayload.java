package airworthy.probes.alertmanager;

import airworthy.model.Event.Notified;
import airworthy.probes.http.Page;
import airworthy.probes.http.UnexpectedAnswerException;
import airworthy.probes.prometheus.AlertJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads the JSON that Alertmanager posts to webhooks, version 4 of its format. Thread-safe. */
final class WebhookPayload {
    private final ObjectMapper mapper = new ObjectMapper();

    /** One event for each alert of the notification, in its order. */
    List<Notified> read(String body) throws UnexpectedAnswerException {
        JsonNode payload = tree(body);
        JsonNode receiver = payload.path("receiver");
        JsonNode alerts = payload.path("alerts");
        if (!payload.path("version").asText().equals("4") || !receiver.isTextual() || !alerts.isArray()) {
            throw unexpected(body);
        }
        List<Notified> notified = new ArrayList<>();
        for (JsonNode alert : alerts) {
            boolean resolved = switch (alert.path("status").asText()) {
                case "firing" -> false;
                case "resolved" -> true;
                default -> throw unexpected(body);
            };
            notified.add(new Notified(receiver.asText(), resolved, AlertJson.alert(alert)));
        }
        return notified;
    }

    private JsonNode tree(String body) throws UnexpectedAnswerException {
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException e) {
            throw unexpected(body);
        }
    }

    private static UnexpectedAnswerException unexpected(String body) {
        return new UnexpectedAnswerException(
                Page.quoted(body),
                "Alertmanager's webhook payload of version 4 with a receiver and alerts that are firing or resolved");
    }
}
