package airworthy.mocks.prometheus;

import airworthy.mocks.prometheus.ActiveAlert.Phase;
import airworthy.mocks.promql.Labels;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Posts alerts to Alertmanager's v2 API, one batch after the other; a lost batch is counted and not repeated. */
final class HttpAlertSender implements AlertSender, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI endpoint;
    private final URI externalUrl;
    private final Labels externalLabels;
    private final ExecutorService queue =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("alerts").factory());
    private final LongAdder sent = new LongAdder();
    private final LongAdder errors = new LongAdder();

    HttpAlertSender(HttpClient client, URI alertmanager, URI externalUrl, Labels externalLabels) {
        this.client = client;
        this.endpoint = alertmanager.resolve("/api/v2/alerts");
        this.externalUrl = externalUrl;
        this.externalLabels = externalLabels;
    }

    long sent() {
        return sent.sum();
    }

    long errors() {
        return errors.sum();
    }

    @Override
    public void send(List<Outgoing> alerts) {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        alerts.forEach(alert -> body.add(json(alert)));
        queue.execute(() -> post(body.toString(), alerts.size()));
    }

    private ObjectNode json(Outgoing outgoing) {
        ActiveAlert alert = outgoing.alert();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("labels", Json.labels(externalLabels.with(alert.labels())));
        json.set("annotations", Json.labels(alert.annotations()));
        switch (alert.phase()) {
            case Phase.Firing(Instant since, var _) ->
                json.put("startsAt", since.toString())
                        .put("endsAt", outgoing.validUntil().toString());
            case Phase.Resolved(Instant firedAt, Instant at) ->
                json.put("startsAt", firedAt.toString()).put("endsAt", at.toString());
            case Phase.Pending() -> throw new IllegalStateException("a pending alert is never sent");
        }
        String query = URLEncoder.encode(outgoing.query(), StandardCharsets.UTF_8);
        return json.put("generatorURL", externalUrl + "graph?g0.expr=" + query + "&g0.tab=1");
    }

    private void post(String body, int count) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            (status / 100 == 2 ? sent : errors).add(count);
        } catch (IOException _) {
            errors.add(count);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        queue.shutdownNow();
        queue.close();
    }
}
