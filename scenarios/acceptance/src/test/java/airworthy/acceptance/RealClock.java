package airworthy.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stamps of a run beside those of the servers that it watched.
 *
 * @param arrivals of notifications at the harness, with their receivers
 * @param successes that Alertmanager logged, with their receivers
 * @param active since when an alert is active, as Prometheus says; by its labels
 * @param starts when it fired, as its notification says; by its labels
 * @param holds how long each alert's rule waits, by the alert's name
 */
record RealClock(
        List<Stamp> arrivals,
        List<Stamp> successes,
        Map<String, Instant> active,
        Map<String, Instant> starts,
        Map<String, Duration> holds) {

    /** One machine's clock, and a round trip over its own bridge. */
    private static final Duration CLOSE = Duration.ofMillis(300);

    /** Of the rules as they are compressed. */
    private static final Duration EVALUATED_EVERY = Duration.ofSeconds(1);

    private static final String RULES = "rules.yml";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m)");

    private static final Pattern SUCCESS = Pattern.compile("ts=(\\S+) .*\\breceiver=(\\S+) .*msg=\"Notify success\"");

    /** Who was told, and when. */
    record Stamp(String receiver, Instant at) {}

    static RealClock of(Platform platform, Run run) throws IOException {
        List<Stamp> arrivals = new ArrayList<>();
        Map<String, Instant> active = new LinkedHashMap<>();
        Map<String, Instant> starts = new LinkedHashMap<>();
        for (JsonNode event : run.journal()) {
            JsonNode data = event.path("data");
            String labels = data.path("alert").path("labels").toString();
            if (event.path("type").asText().equals("notified")) {
                arrivals.add(new Stamp(
                        data.path("receiver").asText(),
                        Instant.parse(event.path("wall").asText())));
            } else if (data.path("state").asText().equals("firing")) {
                active.putIfAbsent(labels, Instant.parse(data.path("startsAt").asText()));
            } else if (data.path("state").asText().equals("active")) {
                starts.putIfAbsent(labels, Instant.parse(data.path("startsAt").asText()));
            }
        }
        return new RealClock(arrivals, successes(platform), active, starts, holds(platform));
    }

    /** From the very file that Prometheus evaluates. */
    private static Map<String, Duration> holds(Platform platform) throws IOException {
        Map<String, Duration> holds = new HashMap<>();
        try (KubernetesClient client = platform.client()) {
            for (ConfigMap config :
                    client.configMaps().inNamespace("monitoring").list().getItems()) {
                String rules =
                        config.getData() == null ? null : config.getData().get(RULES);
                if (rules != null) {
                    for (JsonNode rule :
                            new YAMLMapper().readTree(rules).at("/groups").findParents("alert")) {
                        holds.put(
                                rule.path("alert").asText(),
                                duration(rule.path("for").asText("0s")));
                    }
                }
            }
        }
        return holds;
    }

    /** As Prometheus writes it: {@code 1s500ms}. */
    private static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMinutes(number);
                    });
        }
        return sum;
    }

    private static List<Stamp> successes(Platform platform) throws IOException {
        List<Stamp> successes = new ArrayList<>();
        try (KubernetesClient client = platform.client()) {
            for (Pod pod : client.pods()
                    .inNamespace("monitoring")
                    .withLabel("app", "alertmanager")
                    .list()
                    .getItems()) {
                client.pods().resource(pod).getLog().lines().forEach(line -> {
                    Matcher success = SUCCESS.matcher(line);
                    if (success.find()) {
                        successes.add(new Stamp(success.group(2), Instant.parse(success.group(1))));
                    }
                });
            }
        }
        return successes;
    }

    /** What does not fit together, in words; also if there was nothing to compare. */
    List<String> disagreements() {
        List<String> found = new ArrayList<>();
        if (arrivals.isEmpty() || starts.isEmpty()) {
            found.add("nothing to compare: " + this);
        }
        for (Stamp arrival : arrivals) {
            boolean logged = successes.stream()
                    .filter(success -> success.receiver().equals(arrival.receiver()))
                    .anyMatch(success ->
                            Duration.between(arrival.at(), success.at()).abs().compareTo(CLOSE) <= 0);
            if (!logged) {
                found.add(arrival + " arrived, and Alertmanager logged no success within " + CLOSE + " of it, but "
                        + successes);
            }
        }
        for (Map.Entry<String, Instant> each : starts.entrySet()) {
            String labels = each.getKey();
            Instant start = each.getValue();
            Instant since = active.get(labels);
            Duration held = since == null ? Duration.ZERO : Duration.between(since, start);
            Duration most = holds.getOrDefault(name(labels), Duration.ZERO)
                    .plus(EVALUATED_EVERY)
                    .plus(CLOSE);
            // Alertmanager tells whole milliseconds, Prometheus all it has.
            boolean before = held.plusMillis(1).isNegative();
            if (since == null || before || held.compareTo(most) > 0) {
                found.add(labels + " starts at " + start + ", and Prometheus has it active since " + since
                        + ", expected at most " + most + " earlier");
            }
        }
        return found;
    }

    private static String name(String labels) {
        try {
            return JSON.readTree(labels).path("alertname").asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
