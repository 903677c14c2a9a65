package airworthy.probes.alertmanager;

import airworthy.model.Alert;
import airworthy.model.AlertState;
import airworthy.probes.Reading;
import airworthy.probes.http.HttpApi;
import airworthy.probes.http.HttpReads;
import airworthy.probes.http.UnexpectedAnswerException;
import airworthy.probes.prometheus.AlertJson;
import airworthy.probes.prometheus.ConfigText;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Reads one Alertmanager through its API, version 2. Each read is bounded and may be interrupted. Thread-safe. */
public final class AlertmanagerProbe {
    private final HttpApi api;

    /**
     * A view of the Alertmanager at an address.
     *
     * @param base path prefix included, for example {@code http://alertmanager.monitoring:9093}
     */
    public AlertmanagerProbe(URI base, HttpReads reads) {
        api = new HttpApi("Alertmanager", base, reads);
    }

    /** Its version, receivers and waits, as it is configured now. */
    public Reading<AlertmanagerStatus> status() throws InterruptedException {
        Reading<AlertmanagerStatus> told = api.read("/api/v2/status", AlertmanagerProbe::told);
        if (!(told instanceof Reading.Present<AlertmanagerStatus>(AlertmanagerStatus status))) {
            return told;
        }
        Reading<List<String>> receivers = api.read("/api/v2/receivers", AlertmanagerProbe::names);
        return receivers.map(
                names -> new AlertmanagerStatus(status.version(), names, status.groupWait(), status.groupInterval()));
    }

    /** Its routes and receivers as it tells them; what is secret in them is {@code <secret>}. */
    public Reading<Routing> routing() throws InterruptedException {
        return api.read("/api/v2/status", answer -> Routing.of(configuration(answer)));
    }

    /** The alerts that it holds, without those that it has not looked at yet. */
    public Reading<List<GroupedAlert>> alerts() throws InterruptedException {
        return api.read("/api/v2/alerts", AlertmanagerProbe::grouped);
    }

    private static AlertmanagerStatus told(JsonNode answer) throws UnexpectedAnswerException {
        JsonNode version = answer.at("/versionInfo/version");
        if (!version.isTextual()) {
            throw new UnexpectedAnswerException("no text versionInfo.version", "one, as Alertmanager's API documents");
        }
        RouteTimings timings = RouteTimings.of(configuration(answer));
        return new AlertmanagerStatus(version.asText(), List.of(), timings.groupWait(), timings.groupInterval());
    }

    private static JsonNode configuration(JsonNode answer) throws UnexpectedAnswerException {
        JsonNode config = answer.at("/config/original");
        if (!config.isTextual()) {
            throw new UnexpectedAnswerException("no text config.original", "one, as Alertmanager's API documents");
        }
        return ConfigText.parse(config.asText());
    }

    private static List<GroupedAlert> grouped(JsonNode answer) throws UnexpectedAnswerException {
        List<GroupedAlert> alerts = new ArrayList<>();
        for (JsonNode alert : list(answer)) {
            String state = alert.at("/status/state").asText();
            Alert shown = AlertJson.alert(alert);
            List<String> receivers = names(alert.path("receivers"));
            String startsAt = alert.path("startsAt").asText();
            switch (state) {
                case "active" -> alerts.add(new GroupedAlert(AlertState.ACTIVE, shown, receivers, startsAt));
                case "suppressed" -> alerts.add(new GroupedAlert(AlertState.SUPPRESSED, shown, receivers, startsAt));
                case "unprocessed" -> {} // neither routed nor silenced yet: the next poll tells
                default ->
                    throw new UnexpectedAnswerException(
                            "alert state \"" + state + '"', "active, suppressed or unprocessed");
            }
        }
        return alerts;
    }

    private static List<String> names(JsonNode receivers) throws UnexpectedAnswerException {
        List<String> names = new ArrayList<>();
        for (JsonNode receiver : list(receivers)) {
            names.add(receiver.path("name").asText());
        }
        return names;
    }

    private static JsonNode list(JsonNode node) throws UnexpectedAnswerException {
        if (!node.isArray()) {
            throw new UnexpectedAnswerException("no list", "one, as Alertmanager's API documents");
        }
        return node;
    }
}
