package airworthy.probes.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who hears of which alerts.
 *
 * @param receivers all of them, in order
 * @param fallback the receiver of what no route takes
 * @param routes every route below the root, with the values that it asks of labels
 */
public record Routing(List<Receiver> receivers, Optional<String> fallback, List<Route> routes) {
    /** An equality, or alternatives without any other regular expression. */
    private static final Pattern MATCHER =
            Pattern.compile("\\s*\\{?\\s*\"?([A-Za-z_][A-Za-z0-9_.]*)\"?\\s*(=~|=)\\s*\"?([^\"}]*?)\"?\\s*}?\\s*");

    private static final Pattern ALTERNATIVES = Pattern.compile("[A-Za-z0-9_-]+(\\|[A-Za-z0-9_-]+)*");

    public Routing {
        receivers = List.copyOf(receivers);
        routes = List.copyOf(routes);
    }

    /**
     * Where notifications go.
     *
     * @param name of the receiver
     * @param integrations by what it tells them, for example {@code slack}
     * @param webhooks the addresses of its webhooks, as far as they are told
     */
    public record Receiver(String name, List<String> integrations, List<String> webhooks) {
        public Receiver {
            integrations = List.copyOf(integrations);
            webhooks = List.copyOf(webhooks);
        }
    }

    /**
     * One route.
     *
     * @param receiver its own, or its parent's
     * @param values for each label that it matches by equality, its own or its parent's, the values that it takes
     */
    public record Route(String receiver, SortedMap<String, List<String>> values) {
        public Route {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    static Routing of(JsonNode config) {
        List<Receiver> receivers = new ArrayList<>();
        config.path("receivers").forEach(receiver -> receivers.add(receiver(receiver)));
        JsonNode root = config.path("route");
        Optional<String> fallback = Optional.of(root.path("receiver").asText()).filter(name -> !name.isEmpty());
        List<Route> routes = new ArrayList<>();
        below(root, new Route(fallback.orElse(""), new TreeMap<>()), routes);
        return new Routing(receivers, fallback, routes);
    }

    private static Receiver receiver(JsonNode receiver) {
        List<String> integrations = new ArrayList<>();
        List<String> webhooks = new ArrayList<>();
        receiver.properties().forEach(field -> {
            if (field.getKey().endsWith("_configs") && !field.getValue().isEmpty()) {
                integrations.add(field.getKey().replaceFirst("_configs$", ""));
            }
        });
        receiver.path("webhook_configs")
                .forEach(webhook -> webhooks.add(webhook.path("url").asText()));
        return new Receiver(receiver.path("name").asText(), integrations, webhooks);
    }

    private static void below(JsonNode node, Route parent, List<Route> routes) {
        for (JsonNode child : node.path("routes")) {
            SortedMap<String, List<String>> values = new TreeMap<>(parent.values());
            child.path("match")
                    .properties()
                    .forEach(each ->
                            values.put(each.getKey(), List.of(each.getValue().asText())));
            child.path("match_re")
                    .properties()
                    .forEach(each ->
                            alternatives(each.getValue().asText()).ifPresent(all -> values.put(each.getKey(), all)));
            child.path("matchers").forEach(matcher -> put(matcher.asText(), values));
            Route route = new Route(child.path("receiver").asText(parent.receiver()), values);
            routes.add(route);
            below(child, route, routes);
        }
    }

    private static void put(String text, SortedMap<String, List<String>> values) {
        Matcher matcher = MATCHER.matcher(text);
        if (matcher.matches()) {
            if (matcher.group(2).equals("=")) {
                values.put(matcher.group(1), List.of(matcher.group(3)));
            } else {
                alternatives(matcher.group(3)).ifPresent(all -> values.put(matcher.group(1), all));
            }
        }
    }

    private static Optional<List<String>> alternatives(String regex) {
        return ALTERNATIVES.matcher(regex).matches() ? Optional.of(List.of(regex.split("\\|"))) : Optional.empty();
    }
}
